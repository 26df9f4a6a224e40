namespace Retrodict.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("problems")]
    [InlineData("problems", "show")]
    [InlineData("data")]
    [InlineData("check")]
    [InlineData("solve")]
    [InlineData("fit")]
    [InlineData("train")]
    [InlineData("inspect")]
    [InlineData("import")]
    [InlineData("demo")]
    public void Every_verb_has_a_page_with_usage_options_exit_codes_and_examples(params string[] verb)
    {
        Cli.Outcome help = Cli.Run([.. verb, "--help"]);
        Assert.Equal((0, ""), (help.Code, help.Error));
        Assert.Contains($"Usage: retrodict {string.Join(' ', verb)}", help.Output, StringComparison.Ordinal);
        Assert.Contains("--seed N", help.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", help.Output, StringComparison.Ordinal);
        Assert.Contains($"Examples:\n  retrodict {verb[0]}", help.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.All(help.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public void The_page_of_solve_tells_defaults_and_status_codes()
    {
        string help = string.Join(' ', Cli.Run("solve", "-h").Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("0=converged", help, StringComparison.Ordinal);
        Assert.Contains("5=cancelled", help, StringComparison.Ordinal);
        Assert.Contains($"{(int)StoppingCriterion.Cancelled}=cancelled", help, StringComparison.Ordinal);
        Assert.Contains("(default: gauss-newton, with --model d-ipg)", help, StringComparison.Ordinal);
        Assert.All(Retrodict.Comparison.SolverNames.All, name => Assert.Contains(name, help, StringComparison.Ordinal));
        Assert.Contains("3 finished but not all instances converged", help, StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_work_as_they_stand()
    {
        Assert.Equal(0, Cli.Run("problems", "show", "heat-1d").Code);
        Assert.Equal(0, Cli.Run("solve", "heat-1d", "--instances", "20", "--seed", "11", "-v").Code);
    }

    [Fact]
    public void Help_wins_over_mistakes() => Assert.Equal(0, Cli.Run("solve", "--help", "--solver").Code);

    [Fact]
    public void Without_a_verb_the_help_page_goes_to_the_error_stream()
    {
        Cli.Outcome outcome = Cli.Run();
        Assert.Equal((2, ""), (outcome.Code, outcome.Output));
        Assert.Contains("Verbs:", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_a_line() => Assert.Matches(@"^retrodict \d+\.\d+\.\d+\S*\s*$", Cli.Run("--version").Output);
}
