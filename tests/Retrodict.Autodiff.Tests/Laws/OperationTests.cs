using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>The table of operations is complete.</summary>
public class OperationTests
{
    private static readonly Type[] _elementwise =
        [.. typeof(Primitive).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Elementwise)) && !type.IsAbstract)];

    public static TheoryData<string> Primitives => [.. _elementwise.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Primitives))]
    public void Every_elementwise_primitive_has_a_row(string primitive) => Assert.True(
        Operations.All.Any(
            operation => operation.Primitive.Name == primitive && operation.Trace([.. operation.Domains.Select(_ => Shape.Scalar)])
            .Nodes.Any(node => node.Primitive.GetType() == operation.Primitive)),
        $"The operation '{primitive}' has no row in the table. Add one to {Operations.File}.");

    [Fact]
    public void Names_of_rows_differ() => Assert.Distinct(Operations.All.Select(operation => operation.Name));
}
