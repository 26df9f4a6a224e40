using System.Text.Json;
using Retrodict.Catalogue;

namespace Retrodict.Cli.Tests;

public sealed class ProblemsTests
{
    [Fact]
    public void The_list_has_name_sizes_noise_tolerance_and_source()
    {
        JsonElement problem = Cli.Json("problems").GetProperty("problems").EnumerateArray().Single(
            p => p.GetProperty("name").GetString() == "heat-1d");
        Assert.Equal(["name", "title", "source", "unknowns", "observations", "noise", "tolerance"], Keys.Of(problem));
        Assert.Equal(64, problem.GetProperty("unknowns").GetInt32());
        Assert.Equal(0.01, problem.GetProperty("noise").GetDouble());
        Assert.Equal(0.3, problem.GetProperty("tolerance").GetDouble());
        string table = Cli.Run("problems").Output;
        Assert.Matches(@"heat-1d +64 +64 +0\.01 +0\.3 +\S", table);
    }

    [Fact]
    public void A_problem_is_described_with_its_data_and_their_statistics()
    {
        JsonElement problem = Cli.Json("problems", "show", "heat-1d");
        Assert.Equal(
            [
                "name", "title", "source", "unknowns", "observations", "noise", "tolerance", "unknown_shape", "observation_shape", "bounds",
                "max_iterations", "start",
                "recovered_quantities", "splits", "distribution", "stream", "default_seed", "statistics",
            ],
            Keys.Of(problem));
        Assert.Equal(64, problem.GetProperty("start").GetArrayLength());
        Assert.Equal(0, problem.GetProperty("recovered_quantities").GetArrayLength());
        Assert.Equal(0, problem.GetProperty("bounds").GetProperty("lower")[0].GetDouble());
        Assert.Equal(4000, problem.GetProperty("splits").GetProperty("train").GetInt32());
        Assert.Equal(["x_mean", "x_std", "y_mean", "y_std"], Keys.Of(problem.GetProperty("statistics")));
        string text = Cli.Run("problems", "show", "heat-1d").Output;
        Assert.Contains("in [0, 1]", text, StringComparison.Ordinal);
        Assert.Contains("4000 train, 500 validation, 300 test", text, StringComparison.Ordinal);
    }

    public static TheoryData<string> Names() => new(ProblemCatalogue.All.Select(problem => problem.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_problem_is_listed_and_described(string name)
    {
        BenchmarkProblem problem = ProblemCatalogue.Find(name);
        JsonElement json = Cli.Json("problems", "show", name);
        Assert.Equal(name, json.GetProperty("name").GetString());
        Assert.Equal(problem.Distribution, json.GetProperty("distribution").GetString());
        Assert.Equal(problem.Start.ToArray(), json.GetProperty("start").EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal(
            problem.RecoveredQuantities, json.GetProperty("recovered_quantities").EnumerateArray().Select(value => value.GetString()!));
        Assert.Contains(
            Cli.Json("problems").GetProperty("problems").EnumerateArray(), listed => listed.GetProperty("name").GetString() == name);
        Assert.Contains(name, Cli.Run("problems").Output, StringComparison.Ordinal);
        Assert.StartsWith(problem.ToString(), Cli.Run("problems", "show", name).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_recovery_is_measured_on_is_said()
    {
        Assert.Contains("RMSE_x is measured on x", Cli.Run("problems", "show", "heat-1d").Output, StringComparison.Ordinal);
        Assert.Contains(
            "RMSE_x is measured on (c/m, k/m, q(0), q'(0))", Cli.Run("problems", "show", "oscillator").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_is_silent() =>
        Assert.Equal(("", ""), (Cli.Run("problems", "-q").Output, Cli.Run("problems", "show", "heat-1d", "-q").Output));
}
