using System.Text.Json;

namespace Retrodict.Cli.Tests;

public sealed class CheckTests
{
    [Fact]
    public void Every_check_has_error_limit_and_verdict()
    {
        JsonElement check = Cli.Json("check", "heat-1d");
        Assert.Equal(["problem", "passed", "checks"], Keys.Of(check));
        Assert.True(check.GetProperty("passed").GetBoolean());
        Assert.Equal(8, check.GetProperty("checks").GetArrayLength());
        Assert.All(check.GetProperty("checks").EnumerateArray(), item =>
        {
            Assert.Equal(["name", "description", "error", "limit", "passed"], Keys.Of(item));
            Assert.True(item.GetProperty("error").GetDouble() <= item.GetProperty("limit").GetDouble());
        });
    }

    public static TheoryData<string> Problems() => new(Catalogue.ProblemCatalogue.All.Select(problem => problem.Name));

    [Theory]
    [MemberData(nameof(Problems))]
    public void Every_problem_of_the_catalogue_passes(string name) =>
        Assert.True(Cli.Json("check", name).GetProperty("passed").GetBoolean());

    [Fact]
    public void The_table_says_ok()
    {
        Cli.Outcome outcome = Cli.Run("check", "heat-1d");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Matches(@"adjoint .* \d\.\d\de-\d\d +1\.00e-11 +ok", outcome.Output);
    }

    [Fact]
    public void It_can_be_cancelled() => Assert.Equal(130, Cli.Run(new CancellationToken(canceled: true), "check", "heat-1d").Code);
}
