using System.Text.Json;
using Retrodict.Comparison;

namespace Retrodict.Cli.Tests;

/// <summary>The methods of <c>solve</c> and <c>fit</c>, and what they can be told.</summary>
public sealed class SolverOptionTests : TemporaryFolder
{
    private static readonly string[] _two = ["solve", "heat-1d", "--instances", "2"];

    public static TheoryData<string> Optimizers() =>
        new(SolverNames.Classical.Where(name => !name.EndsWith("-published", StringComparison.Ordinal)));

    public static TheoryData<string> Published() =>
        new(SolverNames.Classical.Where(name => name.EndsWith("-published", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Every_method_finds_the_same_minimum(string name)
    {
        JsonElement expected = Cli.Json(_two).GetProperty("summary");
        JsonElement solve = Cli.Json([.. _two, "--solver", name]);
        Assert.Equal(name, solve.GetProperty("solver").GetString());
        Assert.Equal(expected.GetProperty("rmse_x").GetDouble(), solve.GetProperty("summary").GetProperty("rmse_x").GetDouble(), 1e-3);
        Assert.Equal(expected.GetProperty("residual").GetDouble(), solve.GetProperty("summary").GetProperty("residual").GetDouble(), 1e-3);
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void Published_methods_stop_at_the_tolerance_alone_and_use_no_prior(string name)
    {
        Cli.Outcome with = Cli.Run([.. _two, "--solver", name, "--tolerance", "0.5", "--json"]);
        Cli.Outcome without = Cli.Run([.. _two, "--solver", name, "--tolerance", "0.5", "--prior", "none", "--json"]);
        Assert.All(with.Json().GetProperty("results").EnumerateArray(), result => Assert.Contains(
            result.GetProperty("criterion").GetString(), new[] { "residual", "iterations", "line-search" }));
        Assert.Equal(Residuals(with), Residuals(without));
    }

    [Theory]
    [InlineData("gauss-newton", "--linear-solver qr")]
    [InlineData("gauss-newton", "--linear-solver lsmr")]
    [InlineData("gauss-newton", "--nonmonotone 5")]
    [InlineData("levenberg-marquardt", "--linear-solver conjugate-gradients")]
    [InlineData("levenberg-marquardt", "--geodesic")]
    [InlineData("levenberg-marquardt", "--nonmonotone 5")]
    [InlineData("dogleg", "--linear-solver cholesky")]
    [InlineData("dogleg", "--nonmonotone 3")]
    [InlineData("newton", "--nonmonotone 3")]
    [InlineData("newton-cg", "--nonmonotone 3")]
    [InlineData("gradient-descent", "--nonmonotone 3")]
    [InlineData("l-bfgs", "--memory 4")]
    public void Settings_of_a_method_change_the_way_and_not_the_minimum(string solver, string options)
    {
        double expected = Cli.Json(_two).GetProperty("summary").GetProperty("rmse_x").GetDouble();
        JsonElement solve = Cli.Json([.. _two, "--solver", solver, .. options.Split(' ')]);
        Assert.Equal(expected, solve.GetProperty("summary").GetProperty("rmse_x").GetDouble(), 1e-3);
    }

    [Theory]
    [InlineData("huber")]
    [InlineData("soft-l1")]
    [InlineData("cauchy")]
    [InlineData("arctan")]
    [InlineData("tukey")]
    public void A_loss_ignores_a_broken_measurement(string loss)
    {
        string samples = Samples(1), broken = File("broken.npz");
        using (Data.NpzFile file = Data.NpzFile.Open(samples))
        {
            double[] y = file["y"].ToDoubles();
            y[10] += 5;
            Data.NpzFile.Write(broken, [("y", Data.NumpyArray.Create<double>(y, 1, y.Length))], compressed: false);
        }

        string[] line = ["solve", "heat-1d", "--observations", $"{broken}:y", "--truth", $"{samples}:x"];
        double plain = Error(line), robust = Error([.. line, "--loss", loss]), clean = Error(
            ["solve", "heat-1d", "--observations", $"{samples}:y", "--truth", $"{samples}:x"]);
        Assert.True(robust < (0.5 * plain) + (0.5 * clean), $"{plain} {robust} {clean}");

        static double Error(string[] line) => Cli.Json(line).GetProperty("summary").GetProperty("rmse_x").GetDouble();
    }

    [Fact]
    public void Budgets_end_solves()
    {
        JsonElement results = Cli.Run([.. _two, "--max-evaluations", "3", "--json"]).Json().GetProperty("results");
        Assert.All(results.EnumerateArray(), result =>
        {
            Assert.Equal(
                ("budget", "evaluations"),
                (result.GetProperty("status").GetString(), result.GetProperty("criterion").GetString()));
            Assert.InRange(result.GetProperty("evaluations").GetProperty("model").GetInt64(), 1, 3);
        });
        results = Cli.Run([.. _two, "--time-limit", "1e-7", "--json"]).Json().GetProperty("results");
        Assert.All(results.EnumerateArray(), result => Assert.Equal("time", result.GetProperty("criterion").GetString()));
    }

    [Theory]
    [InlineData(
        "--solver bfgs --linear-solver qr", "--linear-solver qr does not go with bfgs, but with levenberg-marquardt, gauss-newton, dogleg")]
    [InlineData(
        "--solver dogleg --linear-solver lsmr", "--linear-solver lsmr does not go with dogleg, but with levenberg-marquardt, gauss-newton")]
    [InlineData("--linear-solver qrr", "did you mean 'qr'?")]
    [InlineData("--memory 5", "--memory does not go with gauss-newton, but with l-bfgs")]
    [InlineData("--solver l-bfgs --memory 0", "--memory is '0'")]
    [InlineData("--geodesic", "--geodesic does not go with gauss-newton, but with levenberg-marquardt")]
    [InlineData(
        "--solver l-bfgs --nonmonotone 3",
        "--nonmonotone does not go with l-bfgs, but with levenberg-marquardt, gauss-newton, dogleg, newton, newton-cg, gradient-descent")]
    [InlineData("--solver gauss-newton-published --loss huber", "--loss does not go with gauss-newton-published")]
    [InlineData("--solver gauss-newton-published --stop discrepancy", "--stop discrepancy does not go with gauss-newton-published")]
    [InlineData("--loss hubre", "did you mean 'huber'?")]
    [InlineData("--loss-scale 2", "--loss-scale goes with --loss: huber")]
    [InlineData("--loss linear --loss-scale 2", "--loss-scale goes with --loss")]
    [InlineData("--loss huber --loss-scale 0", "--loss-scale is '0'; it must be a number greater than 0")]
    [InlineData("--loss huber --loss-scale 1e200", "--loss-scale is '1e200'")]
    [InlineData("--max-evaluations 0", "--max-evaluations is '0'")]
    [InlineData("--time-limit 0", "--time-limit is '0'; it must be a number of seconds")]
    [InlineData("--time-limit 1e300", "--time-limit is '1e300'")]
    public void What_does_not_go_together_is_wrong_usage(string options, string message) =>
        Assert.Contains(message, Cli.Fail(2, ["solve", "heat-1d", .. options.Split(' ')]), StringComparison.Ordinal);

    private static double[] Residuals(Cli.Outcome outcome) =>
        [.. outcome.Json().GetProperty("results").EnumerateArray().Select(result => result.GetProperty("residual").GetDouble())];
}
