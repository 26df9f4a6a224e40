using System.Text.Json;

namespace Retrodict.Cli.Tests.Fits;

/// <summary>Fits that converged and yet say little: worse than a constant, noise that does not suit, intervals beyond bounds.</summary>
public sealed class DoubtfulFitTests : TemporaryFolder
{
    private const string Puromycin =
        "rate,conc,s\n76,.02,10\n47,.02,10\n97,.06,10\n107,.06,10\n123,.11,10\n139,.11,10\n159,.22,10\n152,.22,10\n191,.56,10\n201,.56,10\n"
        + "207,1.1,10\n200,1.1,10\n";

    [Fact]
    public void Worse_than_a_constant_is_said_and_is_no_success()
    {
        string path = Text("puromycin.csv", Puromycin);
        string[] line = ["fit", path, "--model", "rate = Vm*conc/(K+conc)", "--bounds", "K=:-0.4", "--start"];
        Cli.Outcome beside = Cli.Run([.. line, "Vm=1,K=-0.5"]);
        Assert.Equal(3, beside.Code);
        Assert.Matches(@"worse than a constant: the sum that is minimized is \S+, that of the best constant\s+3\.086E\+04", beside.Output);
        Assert.Contains("; other starts (--start) or bounds", beside.Error, StringComparison.Ordinal);
        JsonElement fit = Cli.Run([.. line, "Vm=1,K=-0.5", "--json"]).Json();
        Assert.True(fit.GetProperty("worse_than_constant").GetBoolean());
        Assert.Equal(30858.916666666668, fit.GetProperty("minimized_sum_of_constant").GetDouble(), 1e-6);
        JsonElement found = Cli.Json("fit", path, "--model", "Vm*conc/(K+conc)", "--start", "Vm=200,K=0.1");
        Assert.False(found.GetProperty("worse_than_constant").GetBoolean());
        Assert.Equal(212.684, found.GetProperty("parameters")[0].GetProperty("estimate").GetDouble(), 1e-3);
        Assert.Equal(0.06412, found.GetProperty("parameters")[1].GetProperty("estimate").GetDouble(), 1e-5);
    }

    [Fact]
    public void From_1_and_1_no_step_crosses_the_pole()
    {
        JsonElement fit = Cli.Json("fit", Text("puromycin.csv", Puromycin), "--model", "Vm*conc/(K+conc)", "--start", "Vm=1,K=1");
        Assert.Equal(1195.4488, fit.GetProperty("residual_sum_of_squares").GetDouble(), 1e-3);
    }

    [Fact]
    public void A_line_through_zero_is_what_it_is()
    {
        string path = Text("c.csv", "y,x,s\n5.1,1,1\n5,2,1\n4.9,3,2\n5,4,1\n");
        JsonElement fit = Cli.Json("fit", path, "--model", "a*x", "--start", "a=1");
        Assert.False(fit.GetProperty("worse_than_constant").GetBoolean());
        Assert.True(fit.GetProperty("minimized_sum").GetDouble() > fit.GetProperty("minimized_sum_of_constant").GetDouble());
        string[] constant = ["fit", path, "--model", "exp(m)", "--start", "m=1"];
        string same = Text("same.csv", "y,x\n5,1\n5,2\n5,3\n5,4\n"), zero = Text("zero.csv", "y,x\n0,1\n0,2\n0,3\n0,4\n");
        string[][] fine =
        [
            [.. constant, "--sigma", "s"],
            [.. constant, "--loss", "tukey"],
            ["fit", same, "--model", "a*exp(b*x)", "--start", "a=1,b=1"],
            ["fit", zero, "--model", "a*exp(b*x)", "--start", "a=1,b=1"],
        ];
        Assert.All(fine, line => Assert.False(Cli.Json(line).GetProperty("worse_than_constant").GetBoolean()));
        Assert.Equal(0, Cli.Run("fit", Text("one.csv", "y,x\n3,2\n"), "--model", "exp(a*x)", "--start", "a=1").Code);
    }

    [Theory]
    [InlineData(1, "larger", "small")]
    [InlineData(1000, "smaller", "large")]
    public void Noise_that_does_not_suit_the_residuals_is_said(double sigma, string residuals, string errors)
    {
        string path = Text("puromycin.csv", Puromycin.Replace(",10\n", $",{sigma}\n", StringComparison.Ordinal));
        string[] line = ["fit", path, "--model", "Vm*conc/(K+conc)", "--start", "Vm=200,K=0.1", "--sigma", "s"];
        string output = Cli.Run(line).Output.ReplaceLineEndings(" ");
        Assert.Contains($"the residuals are {residuals} than the noise that was given", output, StringComparison.Ordinal);
        Assert.Contains($"the errors are too {errors} by a factor of", output, StringComparison.Ordinal);
        JsonElement fit = Cli.Json(line);
        Assert.Equal(119.5448814 / sigma / sigma, fit.GetProperty("reduced_chi_square").GetDouble(), 1e-6);
        Assert.Equal(sigma == 1 ? 0 : 1, fit.GetProperty("chi_square_probability").GetDouble(), 1e-6);
    }

    [Fact]
    public void Noise_that_suits_is_not_spoken_of() => Assert.DoesNotContain(
        "chi-square",
        Cli.Run(
            "fit", Text("puromycin.csv", Puromycin), "--model", "Vm*conc/(K+conc)", "--start", "Vm=200,K=0.1", "--sigma", "s").Output,
        StringComparison.Ordinal);

    [Fact]
    public void A_bound_counts_as_fixed_where_it_holds()
    {
        string path = Text("line.csv", "y,x\n.9,0\n2.2,1\n4.1,2\n5.6,3\n6.2,4\n");
        JsonElement bounded = Cli.Json("fit", path, "--model", "a+b*x", "--start", "a=0,b=1", "--bounds", "b=0:1.2");
        JsonElement given = Cli.Json("fit", path, "--model", "a+b*x", "--start", "a=0", "--fix", "b=1.2");
        Assert.Equal(["free", "at-bound"], States(bounded));
        Assert.Equal(["free", "fixed"], States(given));
        Assert.All(new[] { bounded, given }, fit =>
        {
            Assert.Equal(4, fit.GetProperty("degrees_of_freedom").GetInt32());
            Assert.Equal(0.2074, fit.GetProperty("parameters")[0].GetProperty("standard_error").GetDouble(), 5e-5);
        });
        JsonElement corner = Cli.Json("fit", path, "--model", "a+b*x", "--start", "a=0,b=1", "--bounds", "b=0:1.2,a=0:1");
        Assert.Equal(5, corner.GetProperty("degrees_of_freedom").GetInt32());
        Assert.Equal(JsonValueKind.Null, corner.GetProperty("covariance")[0][0].ValueKind);
    }

    [Fact]
    public void Intervals_end_at_bounds_and_say_so()
    {
        string path = Text("line.csv", "y,x\n.9,0\n2.2,1\n4.1,2\n5.6,3\n6.2,4\n");
        string[] line = ["fit", path, "--model", "a+b*x", "--start", "a=1,b=1", "--bounds", "a=0.5:"];
        JsonElement a = Cli.Json(line).GetProperty("parameters")[0];
        Assert.Equal(0.5, a.GetProperty("interval")[0].GetDouble());
        Assert.True(a.GetProperty("interval_cut_by_bound").GetBoolean());
        Assert.Contains("interval cut at a bound", Cli.Run(line).Output, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> States(JsonElement fit) =>
        fit.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("state").GetString());
}
