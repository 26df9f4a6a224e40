namespace Retrodict.Comparison.Tests;

public class SolverNamesTests
{
    public static TheoryData<string> Methods() =>
    [
        .. typeof(Solver).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Solver)) && !type.IsAbstract)
            .Select(type => type.Name),
    ];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_of_the_library_has_a_name(string method)
    {
        string[] named =
        [
            nameof(DeceptronGradient), nameof(DeceptronGradientPublished),
            .. SolverNames.Classical.Select(name => SolverNames.Create(name).GetType().Name),
        ];
        Assert.True(
            named.Contains(method),
            $"{method} has no name on the command line: add it to src/Retrodict.Comparison/Methods/SolverNames.cs.");
    }

    [Fact]
    public void Names_differ() => Assert.Distinct(SolverNames.All);
}
