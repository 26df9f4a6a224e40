using System.Globalization;
using System.Text.Json;

namespace Retrodict.Cli.Tests;

/// <summary>What <c>fit</c> says of ends that are no solutions, and of what a solution leaves open.</summary>
public sealed class FitEndTests : TemporaryFolder
{
    private const string Puromycin = "conc,rate\n.02,76\n.02,47\n.06,97\n.06,107\n.11,123\n.11,139\n.22,159\n.22,152\n.56,191\n.56,201\n"
        + "1.1,207\n1.1,200\n";

    [Fact]
    public void A_peak_out_of_sight_is_no_solution()
    {
        string rows = string.Join('\n', Enumerable.Range(0, 101).Select(i => Row(i, 50 * Math.Exp(-Math.Pow(i - 63, 2) / 8))));
        string[] call = ["fit", Text("peak.csv", $"x,y\n{rows}\n"), "--model", "y=A*exp(-(x-m)^2/(2*s^2))"];
        Cli.Outcome far = Cli.Run([.. call, "--start", "A=10,m=5000,s=1"]);
        Assert.Equal(3, far.Code);
        Assert.Contains("undetermined", far.Output, StringComparison.Ordinal);
        Assert.Contains("no row depends on A, m and s at this point", far.Output, StringComparison.Ordinal);
        JsonElement json = Cli.Json([.. call, "--start", "A=10,m=50,s=5"]);
        Assert.Equal(63, json.GetProperty("parameters")[1].GetProperty("estimate").GetDouble(), 1e-6);
    }

    [Fact]
    public void A_fit_beside_a_pole_is_worse_than_a_constant()
    {
        Cli.Outcome outcome = Cli.Run(
            "fit", Text("puromycin.csv", Puromycin), "--model", "rate=Vm*conc/(K+conc)", "--start", "Vm=1,K=1", "--json");
        using JsonDocument document = JsonDocument.Parse(outcome.Output);
        double sum = document.RootElement.GetProperty("residual_sum_of_squares").GetDouble();
        bool worse = document.RootElement.GetProperty("worse_than_constant").GetBoolean();
        if (sum < 1196)
        {
            Assert.Equal((0, false), (outcome.Code, worse));
        }
        else
        {
            Assert.Equal((3, true), (outcome.Code, worse));
            Assert.Equal(30858.9, document.RootElement.GetProperty("minimized_sum_of_constant").GetDouble(), 1);
        }

        JsonElement near = Cli.Json(
            "fit", Text("puromycin.csv", Puromycin), "--model", "rate=Vm*conc/(K+conc)", "--start", "Vm=200,K=0.1");
        Assert.Equal(212.683743, near.GetProperty("parameters")[0].GetProperty("estimate").GetDouble(), 1e-5);
        Assert.False(near.GetProperty("worse_than_constant").GetBoolean());
    }

    [Fact]
    public void A_product_that_is_determined_is_named()
    {
        Cli.Outcome outcome = Cli.Run(
            "fit", Text("d.csv", "y,x\n2.1,1\n3.9,2\n6.1,3\n8,4\n"), "--model", "a*b*x", "--start", "a=1,b=1");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("converged", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("the data determine a*b = 2.0067", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(2, outcome.Output.Split("not determined").Length - 1);
    }

    [Fact]
    public void Two_exponentials_from_equal_starts_are_told_apart()
    {
        string rows = string.Join('\n', Enumerable.Range(0, 40).Select(i => Row(i / 10.0, (3 * Math.Exp(-i / 5.0)) + Math.Exp(-i / 40.0))));
        JsonElement json = Cli.Json(
            "fit", Text("d.csv", $"x,y\n{rows}\n"), "--model", "y=a1*exp(-k1*x)+a2*exp(-k2*x)", "--start", "a1=1,k1=1,a2=1,k2=1");
        double[] rates =
        [
            .. json.GetProperty("parameters").EnumerateArray()
                .Where(parameter => parameter.GetProperty("name").GetString()![0] == 'k')
                .Select(parameter => parameter.GetProperty("estimate").GetDouble())
                .Order(),
        ];
        Assert.Equal(0.25, rates[0], 1e-4);
        Assert.Equal(2, rates[1], 1e-4);
    }

    [Fact]
    public void A_bound_that_holds_counts_as_fixed()
    {
        string path = Text("d.csv", "x,y\n0,.9\n1,2.2\n2,4.1\n3,5.6\n4,6.2\n");
        JsonElement bounded = Cli.Json("fit", path, "--model", "y=a+b*x", "--start", "a=0,b=1", "--bounds", "b=0:1.2");
        JsonElement given = Cli.Json("fit", path, "--model", "y=a+b*x", "--start", "a=0", "--fix", "b=1.2");
        Assert.Equal(4, bounded.GetProperty("degrees_of_freedom").GetInt32());
        Assert.Equal("at-bound", bounded.GetProperty("parameters")[1].GetProperty("state").GetString());
        Assert.Equal("fixed", given.GetProperty("parameters")[1].GetProperty("state").GetString());
        Assert.Equal(0.2074, bounded.GetProperty("parameters")[0].GetProperty("standard_error").GetDouble(), 5e-5);
        Assert.Equal(
            given.GetProperty("parameters")[0].GetProperty("standard_error").GetDouble(),
            bounded.GetProperty("parameters")[0].GetProperty("standard_error").GetDouble(),
            1e-9);
    }

    [Theory]
    [InlineData("a*(x-c)^n", "a=1,c=2,n=3", "(x-c)^n is a power of a negative base, -1, which has no derivative with respect to")]
    [InlineData("a*log(x-c)", "a=1,c=3", "log(x-c) is the logarithm of a number that is not positive, -2")]
    [InlineData("a/(x-c)", "a=1,c=2", "a/(x-c) divides by zero")]
    public void What_is_not_finite_is_named(string model, string start, string what)
    {
        Cli.Outcome outcome = Cli.Run("fit", Text("d.csv", "y,x\n1,1\n2,2\n4,3\n5,4\n"), "--model", model, "--start", start);
        Assert.Equal(3, outcome.Code);
        Assert.Contains(what, outcome.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("line ", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_that_the_residuals_refute_is_said()
    {
        string rows = string.Join(
            '\n', Enumerable.Range(0, 30).Select(i => FormattableString.Invariant($"{2 + (3 * i) + (i % 2)},{i},0.01")));
        Cli.Outcome outcome = Cli.Run("fit", Text("d.csv", $"y,x,s\n{rows}\n"), "--model", "a+b*x", "--start", "a=0,b=1", "--sigma", "s");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("reduced chi-square", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("larger than the noise that was given", outcome.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void Residuals_are_shown_on_request()
    {
        string path = Text("d.csv", "y,x\n1,1\n2,2\n4,3\n5,4\n");
        JsonElement json = Cli.Json("fit", path, "--model", "a+b*x", "--start", "a=0,b=1", "--residuals");
        Assert.Equal(4, json.GetProperty("residuals").GetArrayLength());
        double[] y = [1, 2, 4, 5];
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(
            y[i], json.GetProperty("fitted")[i].GetDouble() + json.GetProperty("residuals")[i].GetDouble(), 1e-12));
        Cli.Outcome table = Cli.Run("fit", path, "--model", "a+b*x", "--start", "a=0,b=1", "--residuals");
        Assert.Matches(@"row +y +fitted +residual", table.Output);
    }

    private static string Row(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"{x:R},{y:R}");
}
