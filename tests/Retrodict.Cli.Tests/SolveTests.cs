using System.Globalization;
using System.Text.Json;

namespace Retrodict.Cli.Tests;

public sealed class SolveTests : TemporaryFolder
{
    [Fact]
    public void The_json_is_as_documented()
    {
        JsonElement solve = Cli.Json("solve", "heat-1d", "--instances", "4");
        Assert.Equal(["problem", "solver", "instances", "summary", "results"], Keys.Of(solve));
        Assert.Equal(
            ("heat-1d", "gauss-newton", 4),
            (solve.GetProperty("problem").GetString(), solve.GetProperty("solver").GetString(), solve.GetProperty("instances").GetInt32()));
        Assert.Equal(
            [
                "success_tolerance",
                "success_discrepancy",
                "rmse_x",
                "residual",
                "median_iterations",
                "median_microseconds",
                "mean_microseconds",
                "total_microseconds",
                "learned_steps",
                "safeguard_steps",
            ],
            Keys.Of(solve.GetProperty("summary")));
        Assert.All(
            solve.GetProperty("summary").EnumerateObject(), property => Assert.Equal(JsonValueKind.Number, property.Value.ValueKind));
        Assert.Equal(4, solve.GetProperty("results").GetArrayLength());
        Assert.All(solve.GetProperty("results").EnumerateArray(), result =>
        {
            Assert.Equal(["status", "criterion", "iterations", "residual", "rmse_x", "microseconds", "evaluations"], Keys.Of(result));
            Assert.Equal("converged", result.GetProperty("status").GetString());
            Assert.Contains(result.GetProperty("criterion").GetString(), new[] { "gradient", "step", "cost" });
            Assert.Equal(["model", "jvp", "vjp", "reverse_map", "linear_solves"], Keys.Of(result.GetProperty("evaluations")));
            Assert.True(result.GetProperty("evaluations").GetProperty("model").GetInt64() > 1);
            Assert.True(result.GetProperty("microseconds").GetDouble() > 0);
        });
    }

    [Fact]
    public void The_test_split_is_solved_to_the_information_limit()
    {
        JsonElement summary = Cli.Json("solve", "heat-1d").GetProperty("summary");
        Assert.Equal(1, summary.GetProperty("success_tolerance").GetDouble());
        Assert.InRange(summary.GetProperty("success_discrepancy").GetDouble(), 0.98, 1);
        Assert.InRange(summary.GetProperty("rmse_x").GetDouble(), 0.11, 0.125);
    }

    [Fact]
    public void Files_give_the_same_as_the_data_they_were_made_of()
    {
        string file = Samples(12);
        Assert.Equal(
            Results("solve", "heat-1d", "--instances", "12"),
            Results("solve", "heat-1d", "--observations", $"{file}:y", "--truth", $"{file}:x"));
    }

    [Fact]
    public void Without_truth_there_is_no_error_of_x()
    {
        JsonElement solve = Cli.Json("solve", "heat-1d", "--observations", $"{Samples(3)}:y");
        Assert.Equal(JsonValueKind.Null, solve.GetProperty("summary").GetProperty("rmse_x").ValueKind);
        Assert.All(
            solve.GetProperty("results").EnumerateArray(),
            result => Assert.Equal(JsonValueKind.Null, result.GetProperty("rmse_x").ValueKind));
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads() => Assert.Equal(
        Results("solve", "heat-1d", "--instances", "30", "--threads", "1"),
        Results("solve", "heat-1d", "--instances", "30", "--threads", "2"));

    [Fact]
    public void The_training_data_as_prior_samples_give_nearly_the_shipped_prior()
    {
        string train = File("train.npz");
        Cli.Run("data", "heat-1d", "--split", "train", "--out", train);
        JsonElement shipped = Cli.Json("solve", "heat-1d", "--instances", "8").GetProperty("summary");
        JsonElement samples = Cli.Json("solve", "heat-1d", "--instances", "8", "--prior-samples", $"{train}:x").GetProperty("summary");
        Assert.Equal(shipped.GetProperty("rmse_x").GetDouble(), samples.GetProperty("rmse_x").GetDouble(), 1e-6);
        Assert.Equal(shipped.GetProperty("residual").GetDouble(), samples.GetProperty("residual").GetDouble(), 1e-6);
    }

    [Theory]
    [InlineData("--prior", "none")]
    [InlineData("--prior-samples", "none")]
    public void Without_prior_the_error_of_x_is_large(string option, string value)
    {
        Cli.Outcome outcome = Cli.Run("solve", "heat-1d", "--instances", "8", "--json", option, value);
        Assert.InRange(outcome.Json().GetProperty("summary").GetProperty("rmse_x").GetDouble(), 0.2, 1);
    }

    [Fact]
    public void Not_all_converged_is_exit_code_3()
    {
        Cli.Outcome outcome = Cli.Run("solve", "heat-1d", "--instances", "3", "--max-iterations", "1", "--json");
        Assert.Equal(3, outcome.Code);
        Assert.All(outcome.Json().GetProperty("results").EnumerateArray(), result =>
        {
            Assert.Equal(
                ("max-iterations", "iterations"),
                (result.GetProperty("status").GetString(), result.GetProperty("criterion").GetString()));
            Assert.Equal(1, result.GetProperty("iterations").GetInt32());
        });
    }

    [Theory]
    [InlineData("tolerance", "residual")]
    [InlineData("discrepancy", "discrepancy")]
    public void Solves_stop_where_they_are_told_to(string stop, string criterion)
    {
        JsonElement early = Cli.Json("solve", "heat-1d", "--instances", "1", "--stop", stop);
        Assert.Equal(criterion, early.GetProperty("results")[0].GetProperty("criterion").GetString());
    }

    [Fact]
    public void The_tolerance_is_the_one_given()
    {
        JsonElement strict = Cli.Json("solve", "heat-1d", "--instances", "4", "--tolerance", "0.01");
        Assert.Equal(0, strict.GetProperty("summary").GetProperty("success_tolerance").GetDouble());
    }

    [Theory]
    [InlineData("zeros")]
    [InlineData("mean")]
    [InlineData("middle")]
    public void Starts_lead_to_the_same_point(string start)
    {
        double expected = Cli.Json("solve", "heat-1d", "--instances", "2").GetProperty("summary").GetProperty("rmse_x").GetDouble();
        double actual = Cli.Json(
            "solve", "heat-1d", "--instances", "2", "--start", start).GetProperty("summary").GetProperty("rmse_x").GetDouble();
        Assert.Equal(expected, actual, 1e-3);
    }

    [Fact]
    public void A_start_of_a_file_is_used()
    {
        // From the result of the first run there is hardly anything left to do.
        string first = File("first.npz");
        Cli.Run("solve", "heat-1d", "--instances", "3", "--out", first);
        string data = Samples(3);
        JsonElement again = Cli.Json("solve", "heat-1d", "--observations", $"{data}:y", "--start", $"{first}:x");
        Assert.All(
            again.GetProperty("results").EnumerateArray(), result => Assert.InRange(result.GetProperty("iterations").GetInt32(), 0, 2));
    }

    [Theory]
    [InlineData("0.2,0.7", 0.2, 0.7)]
    [InlineData("-0.5,inf", -0.5, double.PositiveInfinity)]
    [InlineData("none", double.NegativeInfinity, double.PositiveInfinity)]
    public void Bounds_hold(string bounds, double low, double high)
    {
        string path = File("x.npz");
        Cli.Run("solve", "heat-1d", "--instances", "3", "--bounds", bounds, "--out", path);
        using Data.NpzFile file = Data.NpzFile.Open(path);
        double[] x = file["x"].ToDoubles();
        Assert.All(x, value => Assert.InRange(value, low, high));
        Assert.Equal(bounds == "0.2,0.7", x.Min() == 0.2 && x.Max() == 0.7);
    }

    [Fact]
    public void Single_precision_finds_the_same()
    {
        double expected = Cli.Json("solve", "heat-1d", "--instances", "4").GetProperty("summary").GetProperty("rmse_x").GetDouble();
        double actual = Cli.Run(
            "solve",
            "heat-1d",
            "--instances",
            "4",
            "--precision",
            "float32",
            "--json").Json().GetProperty("summary").GetProperty("rmse_x").GetDouble();
        Assert.Equal(expected, actual, 1e-3);
    }

    [Fact]
    public void A_decimal_comma_culture_changes_nothing()
    {
        string[] line = ["solve", "heat-1d", "--instances", "3", "--tolerance", "0.25", "--bounds", "0,1"];
        string[] expected = Results(line);
        string help = Cli.Run("problems", "show", "heat-1d").Output;
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal(expected, Results(line));
            Assert.Equal(help, Cli.Run("problems", "show", "heat-1d").Output);
            Assert.Contains("residual <= 0.25", Cli.Run(line).Output, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"\d,\d", Cli.Run(line).Output);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>All results but the times.</summary>
    private static string[] Results(params string[] line) =>
        [.. Cli.Json(line).GetProperty("results").EnumerateArray().Select(result => string.Join(
            ' ',
            result.EnumerateObject().Where(property => property.Name != "microseconds").Select(property => property.Value.GetRawText())))];
}
