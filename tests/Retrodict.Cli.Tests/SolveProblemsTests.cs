using System.Text.Json;
using Retrodict.Catalogue;
using Retrodict.Data;

namespace Retrodict.Cli.Tests;

/// <summary>
/// Every problem's test split, solved with the prior in the box: the reference that other methods are held against. The ranges hold what
/// independent computations of the same estimates gave, and what the data can tell.
/// </summary>
public sealed class SolveProblemsTests : TemporaryFolder
{
    [Theory]
    [InlineData("heat-1d-explicit", 0.99, 0.90, 0.95, 1.185)]
    [InlineData("heat-3d", 1, 0.0009, 0.0011, 0.21)]
    [InlineData("oscillator", 1, 0.006, 0.009, 1.12)]
    public void The_test_split_is_solved_to_the_information_limit(
        string name, double toleranceSuccess, double low, double high, double priorError)
    {
        JsonElement solve = Cli.Json("solve", name);
        JsonElement summary = solve.GetProperty("summary");
        Assert.All(
            solve.GetProperty("results").EnumerateArray(), result => Assert.Equal("converged", result.GetProperty("status").GetString()));
        Assert.InRange(summary.GetProperty("success_tolerance").GetDouble(), toleranceSuccess, 1);
        Assert.InRange(summary.GetProperty("success_discrepancy").GetDouble(), 0.98, 1);
        Assert.InRange(summary.GetProperty("rmse_x").GetDouble(), low, high);

        // What is gained over the prior's mean.
        BenchmarkProblem problem = ProblemCatalogue.Find(name);
        DataSet data = problem.Generate(Split.Test);
        double[] mean = problem.Statistics.UnknownMean.ToArray();
        Assert.Equal(priorError, Enumerable.Range(0, data.Count).Average(i => problem.RecoveryError(mean, data.Unknown(i))), 0.005);
    }

    [Theory]
    [InlineData("heat-1d-explicit", 20)]
    [InlineData("heat-3d", 3)]
    [InlineData("oscillator", 20)]
    public void Levenberg_and_marquardt_find_the_same(string name, int instances)
    {
        double Error(string solver) => Cli.Run("solve", name, "--instances", $"{instances}", "--solver", solver, "--json").Json()
            .GetProperty("summary").GetProperty("rmse_x").GetDouble();
        double expected = Error("gauss-newton");
        Assert.Equal(expected, Error("levenberg-marquardt"), 1e-4 * expected);
    }

    [Fact]
    public void The_oscillators_error_is_of_what_the_motion_tells()
    {
        string path = File("out.npz");
        JsonElement results = Cli.Json("solve", "oscillator", "--instances", "6", "--out", path).GetProperty("results");
        DataSet data = ProblemCatalogue.Oscillator.Generate(Split.Test, 6);
        using NpzFile file = NpzFile.Open(path);
        double[] x = file["x"].ToDoubles(), error = file["rmse_x"].ToDoubles();
        for (int i = 0; i < 6; i++)
        {
            double[] found = Quantities(x.AsSpan(5 * i, 5)), sought = Quantities(data.Unknown(i));
            double expected = Math.Sqrt(found.Zip(sought, (a, b) => (a - b) * (a - b)).Sum() / 4);
            Assert.Equal(expected, error[i], 1e-12);
            Assert.Equal(error[i], results[i].GetProperty("rmse_x").GetDouble());
        }

        static double[] Quantities(ReadOnlySpan<double> x) => [x[1] / x[0], x[2] / x[0], x[3], x[4]];
    }
}
