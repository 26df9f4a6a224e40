using System.Globalization;
using System.Text.Json;
using Retrodict.Data;

namespace Retrodict.Cli.Tests;

public sealed class FitTests : TemporaryFolder
{
    private const string Model = "b1*(1-exp(-b2*x))";

    private static readonly string[] _growth = ["--model", Model, "--start", "b1=12,b2=0.4"];

    [Fact]
    public void The_json_is_as_documented()
    {
        JsonElement fit = Cli.Json(["fit", Growth(), .. _growth]);
        Assert.Equal(
            [
                "status",
                "criterion",
                "iterations",
                "parameters",
                "covariance",
                "correlations",
                "determined_combinations",
                "residual_sum_of_squares",
                "residual_standard_deviation",
                "degrees_of_freedom",
                "reduced_chi_square",
                "chi_square_probability",
                "worse_than_constant",
                "minimized_sum",
                "minimized_sum_of_constant",
                "rows",
                "rows_left_out",
                "messages",
            ],
            Keys.Of(fit));
        Assert.Equal("converged", fit.GetProperty("status").GetString());
        Assert.Contains(fit.GetProperty("criterion").GetString(), new[] { "gradient", "step", "cost" });
        Assert.Equal(6, fit.GetProperty("degrees_of_freedom").GetInt32());
        JsonElement[] parameters = [.. fit.GetProperty("parameters").EnumerateArray()];
        Assert.All(parameters, parameter => Assert.Equal(
            ["name", "estimate", "standard_error", "state", "interval", "interval_cut_by_bound"], Keys.Of(parameter)));
        Assert.Equal(["b1", "b2"], parameters.Select(parameter => parameter.GetProperty("name").GetString()));
        Assert.Equal(10, parameters[0].GetProperty("estimate").GetDouble(), 0.2);
        Assert.Equal(0.5, parameters[1].GetProperty("estimate").GetDouble(), 0.02);
        Assert.InRange(parameters[0].GetProperty("standard_error").GetDouble(), 0.01, 0.2);
    }

    [Fact]
    public void The_report_has_estimates_residuals_and_what_errors_rest_on()
    {
        Cli.Outcome outcome = Cli.Run(["fit", Growth(), .. _growth]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Contains($"y = {Model}", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("8 rows of ", outcome.Output, StringComparison.Ordinal);
        Assert.Matches(@"parameter +estimate +standard error +95 % interval", outcome.Output);
        Assert.Matches(@"b1 +\d+\.\d{4} +0\.0\d{3} +\d+\.\d{4} +to ", outcome.Output);
        Assert.Matches(@"degrees of freedom +6\n", outcome.Output.ReplaceLineEndings("\n"));
        Assert.Contains("rest on the residual standard deviation, since no --sigma is given", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("iteration  ", outcome.Output, StringComparison.Ordinal);
        Assert.All(outcome.Output.Split('\n'), line => Assert.Equal(line.TrimEnd(), line.TrimEnd('\r')));
    }

    [Fact]
    public void Estimates_stand_aligned()
    {
        string path = Text("a.csv", "y,x\n1,1\n-2.5,2\n3e6,3\n4,4\n9,5\n");
        string[] lines = Cli.Run(
            "fit",
            path,
            "--model",
            "a + long_name*x + c*x^2",
            "--start",
            "a=1,long_name=-1e-9,c=1").Output.ReplaceLineEndings("\n").Split('\n');
        int header = System.Array.FindIndex(lines, line => line.StartsWith("parameter", StringComparison.Ordinal));
        int[] points = [.. lines[(header + 1)..(header + 4)].Select(line => line.IndexOf('.', StringComparison.Ordinal))];
        Assert.Single(points.Distinct());
    }

    [Fact]
    public void Verbose_adds_iterations_and_correlations()
    {
        Cli.Outcome outcome = Cli.Run(["fit", Growth(), .. _growth, "-v"]);
        Assert.Matches(@"iteration +cost +change +gradient +step", outcome.Output);
        Assert.Matches(@"b1 +1\.000\nb2 +-0\.\d{3} +1\.000", outcome.Output.ReplaceLineEndings("\n"));
        Cli.Outcome json = Cli.Run(["fit", Growth(), .. _growth, "-v", "--json"]);
        Assert.Equal("converged", json.Json().GetProperty("status").GetString());
        Assert.Contains("gradient", json.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_is_silent_but_for_json()
    {
        Cli.Outcome silent = Cli.Run(["fit", Growth(), .. _growth, "-q"]);
        Assert.Equal((0, "", ""), (silent.Code, silent.Output, silent.Error));
        Assert.Equal(2, Cli.Run(["fit", Growth(), .. _growth, "-q", "--json"]).Json().GetProperty("parameters").GetArrayLength());
    }

    [Fact]
    public void Fixed_parameters_and_bounds_hold()
    {
        Cli.Outcome outcome = Cli.Run(
            "fit", Growth(), "--model", $"{Model} + b3", "--start", "b1=8,b2=0.4", "--fix", "b3=0", "--bounds", "b1=:9,b2=0:1");
        Assert.Equal(0, outcome.Code);
        Assert.Matches(@"b1 +9 +at its bound", outcome.Output);
        Assert.Matches(@"b3 +0 +fixed", outcome.Output);
        JsonElement[] parameters =
        [
            .. Cli.Json("fit", Growth(), "--model", Model, "--start", "b1=8,b2=0.4", "--bounds", "b1=-inf:9")
                .GetProperty("parameters").EnumerateArray(),
        ];
        Assert.Equal(JsonValueKind.Null, parameters[0].GetProperty("standard_error").ValueKind);
        Assert.Equal(JsonValueKind.Number, parameters[1].GetProperty("standard_error").ValueKind);
    }

    [Fact]
    public void Known_noise_is_not_scaled()
    {
        JsonElement once = Cli.Json("fit", Growth(), "--model", "b*x", "--start", "b=1", "--sigma", "dy");
        JsonElement tenfold = Cli.Json("fit", Growth(sigma: 1), "--model", "b*x", "--start", "b=1", "--sigma", "dy");
        double Error(JsonElement fit) => fit.GetProperty("parameters")[0].GetProperty("standard_error").GetDouble();
        Assert.Equal(10, Error(tenfold) / Error(once), 1e-9);
        Assert.Equal(
            0.01,
            tenfold.GetProperty("residual_sum_of_squares").GetDouble() / once.GetProperty("residual_sum_of_squares").GetDouble(),
            1e-9);
        Assert.Contains(
            "rest on the standard deviations in column dy",
            Cli.Run("fit", Growth(), "--model", "b*x", "--start", "b=1", "--sigma", "dy").Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Responses_are_named_or_transformed()
    {
        string path = Text("r.csv", "x,note,y\n0,a,1\n1,b,2.7\n2,c,7.4\n3,d,20\n");
        double named = Estimate(Cli.Json("fit", path, "--model", "a*exp(b*x)", "--start", "a=1,b=1", "--response", "y"), 1);
        double transformed = Estimate(Cli.Json("fit", path, "--model", "log(y) = a + b*x", "--start", "a=1,b=1"), 1);
        Assert.Equal(1, named, 0.02);
        Assert.Equal(1, transformed, 0.02);
        Assert.NotEqual(named, transformed);
    }

    [Fact]
    public void Predictions_are_printed_written_or_part_of_the_json()
    {
        string rows = Text("new.csv", "x,label\n0,none\n2,two\n100,many\n"), file = File("out.csv");
        string[] line = ["fit", Growth(), .. _growth, "--predict", rows];
        Assert.Matches(
            @"x +predicted +standard_error\n +0 +0\.000000e\+00 +0\.000000e\+00\n", Cli.Run(line).Output.ReplaceLineEndings("\n"));
        JsonElement[] json = [.. Cli.Json(line).GetProperty("predictions").EnumerateArray()];
        Assert.Contains($"written: {file}", Cli.Run([.. line, "--out", file]).Output, StringComparison.Ordinal);
        DataColumns written = CsvFile.Read(file);
        Assert.Equal(["x", "predicted", "standard_error"], written.Names);
        Assert.Equal([0, 2, 100], written["x"].ToArray());
        Assert.Equal(json.Select(row => row.GetProperty("predicted").GetDouble()), written["predicted"].ToArray());
        JsonElement parameter = Cli.Json(["fit", Growth(), .. _growth]).GetProperty("parameters")[0];
        Assert.Equal(parameter.GetProperty("estimate").GetDouble(), written["predicted"][2], 1e-9);
        Assert.Equal(parameter.GetProperty("standard_error").GetDouble(), written["standard_error"][2], 1e-9);
    }

    [Fact]
    public void Exit_codes_tell_how_it_ended()
    {
        Cli.Outcome limited = Cli.Run(["fit", Growth(), .. _growth, "--max-iterations", "1", "--json"]);
        Assert.Equal((3, "max-iterations"), (limited.Code, limited.Json().GetProperty("status").GetString()));
        Cli.Outcome notFinite = Cli.Run("fit", Growth(), "--model", "b*log(x - 3)", "--start", "b=1", "--json");
        Assert.Equal((3, "non-finite"), (notFinite.Code, notFinite.Json().GetProperty("status").GetString()));
        Assert.Contains(
            "growth.csv', line 2: the model is not finite with these parameters",
            Cli.Run("fit", Growth(), "--model", "b*log(x - 3)", "--start", "b=1").Output,
            StringComparison.Ordinal);
        Cli.Outcome cancelled = Cli.Run(new CancellationToken(canceled: true), ["fit", Growth(), .. _growth, "--json"]);
        Assert.Equal((130, "cancelled"), (cancelled.Code, cancelled.Json().GetProperty("status").GetString()));
        Assert.Equal(12, Estimate(cancelled.Json(), 0));
    }

    [Fact]
    public void A_decimal_comma_culture_changes_nothing()
    {
        string expected = Cli.Run(["fit", Growth(), .. _growth, "-v"]).Output;
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal(expected, Cli.Run(["fit", Growth(), .. _growth, "-v"]).Output);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static double Estimate(JsonElement fit, int parameter) =>
        fit.GetProperty("parameters")[parameter].GetProperty("estimate").GetDouble();

    /// <summary>10 (1 - exp(-x / 2)) with a little noise.</summary>
    private string Growth(double sigma = 0.1)
    {
        double[] noise = [0.03, -0.05, 0.02, 0.04, -0.03, 0.01, -0.04, 0.02];
        string rows = string.Concat(
            noise.Select((r, x) => string.Create(CultureInfo.InvariantCulture, $"{(10 * (1 - Math.Exp(-x / 2.0))) + r:R},{x},{sigma}\n")));
        return Text("growth.csv", $"y,x,dy\n{rows}");
    }
}
