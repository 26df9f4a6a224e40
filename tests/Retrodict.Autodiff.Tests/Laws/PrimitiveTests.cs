using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>Every primitive of the assembly stands in the catalogue and has all its parts.</summary>
public class PrimitiveTests
{
    private static readonly Type[] _types =
        [.. typeof(Primitive).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Primitive)) && !type.IsAbstract)];

    private static IEnumerable<Node> Nodes => PrimitiveCases.All.SelectMany(c => c.Trace().Nodes);

    /// <summary>All but those of external models, which have no second derivatives and stand in <see cref="ExternalModelTests"/>.</summary>
    public static TheoryData<string> Types =>
        [.. _types.Where(type => type != typeof(External) && type != typeof(ExternalProductNode)).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_primitive_has_cases(string type)
    {
        PrimitiveCase[] cases = [.. PrimitiveCases.All.Where(c => c.Covers.Any(covered => covered.Name == type))];
        Assert.True(
            cases.Any(c => c.Trace().Nodes.Any(node => node.Primitive.GetType().Name == type)),
            $"The operation '{type}' has no case that uses it. Add one to "
            + $"{PrimitiveCases.FileOf(_types.Single(primitive => primitive.Name == type))}.");
    }

    [Fact]
    public void A_case_uses_the_primitives_it_names() => Assert.All(
        PrimitiveCases.All.Where(c => c.Inputs.Any(input => input.Shape.Rank > 0)),
        c => Assert.All(c.Covers, type => Assert.Contains(c.Trace().Nodes, node => node.Primitive.GetType() == type)));

    [Fact]
    public void Names_of_primitives_differ()
    {
        IEnumerable<(string, Type)> names = Nodes.Where(node => node.Primitive is not Custom)
            .Select(node => (node.Primitive.Name, node.Primitive.GetType())).Distinct();
        Assert.All(names.GroupBy(pair => pair.Item1), group => Assert.Single(group));
    }

    [Fact]
    public void Equal_primitives_are_equal_values()
    {
        IEnumerable<(Node, Node)> twice = PrimitiveCases.All.SelectMany(c => c.Trace().Nodes.Zip(c.Trace().Nodes));
        Assert.All(twice.Where(pair => pair.Item1.Primitive is not Custom), pair =>
        {
            Assert.Equal(pair.Item1.Primitive, pair.Item2.Primitive);
            Assert.Equal(pair.Item1.Primitive.GetHashCode(), pair.Item2.Primitive.GetHashCode());
        });
    }

    [Fact]
    public void Primitives_that_print_differently_are_not_equal()
    {
        Primitive[] distinct = [.. Nodes.Select(node => node.Primitive).Where(primitive => primitive is not Custom).Distinct()];
        Assert.All(
            distinct.GroupBy(primitive => primitive), group => Assert.Single(group.Select(primitive => primitive.Describe()).Distinct()));
        Assert.True(distinct.Length > 100, $"only {distinct.Length} distinct primitives in the catalogue");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_primitive_has_kernels_for_float_and_double_or_is_lowered(string type)
    {
        foreach (PrimitiveCase c in PrimitiveCases.All.Where(c => c.Covers.Any(covered => covered.Name == type)))
        {
            Function function = c.Trace();
            foreach (Node node in function.Nodes.Where(node => node.Primitive.GetType().Name == type))
            {
                Function alone = Function.Trace(
                    [.. node.Operands.Select((operand, i) => ($"x{i}", function.Shapes[operand]))],
                    x => [.. Value.EmitAll(node.Primitive, [.. x]).Select((value, i) => ($"y{i}", value))],
                    "alone");
                Assert.Equal(
                    alone.Outputs.Select(y => y.Shape.ElementCount), alone.Compile<float>(Numbers.AsWritten)
                        .Evaluate([.. alone.Inputs.Select(x => new float[x.Shape.ElementCount])]).Select(y => y.Length));
                Assert.Equal(
                    alone.Outputs.Select(y => y.Shape.ElementCount), alone.Compile<double>(Numbers.AsWritten)
                        .Evaluate([.. alone.Inputs.Select(x => new double[x.Shape.ElementCount])]).Select(y => y.Length));
            }
        }
    }
}
