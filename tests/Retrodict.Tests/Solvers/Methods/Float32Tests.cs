namespace Retrodict.Tests.Solvers;

/// <summary>Model evaluations in single precision.</summary>
public sealed class Float32Tests
{
    public static TheoryData<string> Cases => [.. ContractCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_objective_found_is_the_double_precision_one_to_single_precision(string name)
    {
        ContractCase c = ContractCases.All[name];
        SolveResult expected = c.SolveWith(new GaussNewton());
        SolveResult actual = c.SolveWith(new GaussNewton { Precision = Precision.Float32 });
        Assert.True(actual.Status == SolveStatus.Converged, $"{actual}");
        Assert.Equal(expected.Summary.Cost, actual.Summary.Cost, (1e-5 * expected.Summary.Cost) + 1e-10);

        // A search that compares costs places a minimum to about the square root of their precision.
        if (!name.StartsWith("fewer", StringComparison.Ordinal) && name != "rank deficient" && name != "one observation")
        {
            Assert.All(Enumerable.Range(0, expected.X.Count), i => Assert.Equal(expected.X[i], actual.X[i], 1e-3));
        }
    }

    /// <summary>Rounding is the rule here, not the exception: no start may end in a stall.</summary>
    [Theory]
    [InlineData("exponential fit")]
    [InlineData("exponential fit, exact data")]
    [InlineData("linear")]
    [InlineData("prior")]
    public void Many_starts_converge(string name)
    {
        ContractCase c = ContractCases.All[name];
        Session session = new GaussNewton { Precision = Precision.Float32 }.Prepare(c.Problem);
        for (int seed = 0; seed < 100; seed++)
        {
            double[] start = [.. Problems.Dense.Random(c.Problem.Unknowns, seed).Select(s => 1 + (0.5 * s))];
            SolveResult result = session.Solve(c.Observation, start);
            Assert.True(result.Status == SolveStatus.Converged, $"Seed {seed}: {result}");
        }
    }
}
