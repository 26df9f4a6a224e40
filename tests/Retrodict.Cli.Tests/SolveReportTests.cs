using Retrodict.Cli.Hosting;

namespace Retrodict.Cli.Tests;

/// <summary>What people see of <c>solve</c>.</summary>
public sealed class SolveReportTests : TemporaryFolder
{
    [Fact]
    public void It_shows_the_first_instances_a_summary_and_a_picture()
    {
        Cli.Outcome outcome = Cli.Run("solve", "heat-1d", "--instances", "13", "--threads", "1");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Contains("13 instances by gauss-newton", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("on 1 thread\n", outcome.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("… 3 more, --out or --json for all", outcome.Output, StringComparison.Ordinal);
        Assert.Matches(@"residual within tolerance +100\.0 % +residual <= 0\.3", outcome.Output);
        Assert.Matches(@"time per solve +\S+ (µs|ms) +median, ", outcome.Output);
        Assert.Contains("█ estimate, ● truth", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("13 converged", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_text_has_no_escape_codes_no_trailing_blanks_and_fits_a_hundred_columns()
    {
        string[] lines = Cli.Run("solve", "heat-1d", "--instances", "12", "-v").Output.ReplaceLineEndings("\n").Split('\n');
        Assert.All(lines, line =>
        {
            Assert.DoesNotContain('\u001b', line);
            Assert.Equal(line.TrimEnd(), line);
            Assert.InRange(line.Length, 0, 100);
        });
    }

    [Theory]
    [InlineData("heat-1d", "mean, in units of x\n")]
    [InlineData("oscillator", "mean, in units of (c/m, k/m, q(0), q'(0))\n")]
    public void It_says_what_the_error_is_of(string problem, string words) =>
        Assert.Contains(words, Cli.Run("solve", problem, "--instances", "2").Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);

    [Fact]
    public void Color_is_used_where_it_may_be()
    {
        using var output = new StringWriter();
        Assert.Equal(0, Application.Run(["solve", "heat-1d", "--instances", "2"], new Terminal(output, TextWriter.Null) { Color = true }));
        Assert.Contains('\u001b', output.ToString());
    }

    [Fact]
    public void Verbose_adds_the_iteration_table_of_a_few_instances()
    {
        Cli.Outcome outcome = Cli.Run("solve", "heat-1d", "--instances", "5", "-v");
        Assert.Matches(@"iteration +cost +change +gradient +step +factor +ratio +free\n", outcome.Output.ReplaceLineEndings("\n"));
        Assert.Contains("instance 2: converged", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("instance 3: ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("2 more were solved", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("solving 5 instances", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_iteration_table_has_the_columns_of_the_method()
    {
        Assert.Matches(@"step +ratio +radius +free\n", Run("levenberg-marquardt", "0.2,0.7"));
        Assert.Matches(@"step +ratio +radius\n", Run("dogleg", "none"));
        Assert.Matches(@"step +factor +ratio\n", Run("gauss-newton", "none"));

        static string Run(string solver, string bounds) =>
            Cli.Run("solve", "heat-1d", "--instances", "1", "-v", "--solver", solver, "--bounds", bounds).Output.ReplaceLineEndings("\n");
    }

    [Fact]
    public void Beside_json_the_iteration_tables_go_to_the_error_stream()
    {
        Cli.Outcome outcome = Cli.Run("solve", "heat-1d", "--instances", "2", "-v", "--json");
        Assert.Equal(2, outcome.Json().GetProperty("instances").GetInt32());
        Assert.Contains("gradient", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_is_silent_but_for_json()
    {
        Cli.Outcome silent = Cli.Run("solve", "heat-1d", "--instances", "2", "-q");
        Assert.Equal((0, "", ""), (silent.Code, silent.Output, silent.Error));
        Assert.Equal(2, Cli.Run("solve", "heat-1d", "--instances", "2", "-q", "--json").Json().GetProperty("instances").GetInt32());
    }

    [Fact]
    public void Cancelled_runs_save_what_there_is()
    {
        string data = Samples(3), path = File("out.npz");
        Cli.Outcome outcome = Cli.Run(
            new CancellationToken(canceled: true), "solve", "heat-1d", "--observations", $"{data}:y", "--truth", $"{data}:x", "--json",
            "--out", path);
        Assert.Equal(130, outcome.Code);
        Assert.All(outcome.Json().GetProperty("results").EnumerateArray(), result =>
        {
            Assert.Equal(
                ("cancelled", "cancelled"),
                (result.GetProperty("status").GetString(), result.GetProperty("criterion").GetString()));
            Assert.Equal(System.Text.Json.JsonValueKind.Null, result.GetProperty("residual").ValueKind);
        });
        using Data.NpzFile file = Data.NpzFile.Open(path);
        Assert.Equal([5.0, 5, 5], file["status"].ToDoubles());
        Assert.All(file["x"].ToDoubles(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Cancelled_before_there_is_anything_to_save_it_says_so()
    {
        Cli.Outcome outcome = Cli.Run(new CancellationToken(canceled: true), "solve", "heat-1d");
        Assert.Equal((130, ""), (outcome.Code, outcome.Output));
        Assert.StartsWith("error: cancelled", outcome.Error, StringComparison.Ordinal);
    }
}
