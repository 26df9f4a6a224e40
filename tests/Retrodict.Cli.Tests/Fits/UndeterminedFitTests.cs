using System.Text.Json;

namespace Retrodict.Cli.Tests.Fits;

/// <summary>Ends where the data determine nothing, or not all.</summary>
public sealed class UndeterminedFitTests : TemporaryFolder
{
    private const string Peak = "A*exp(-(x-m)^2/(2*s^2))";
    private const string Two = "a1*exp(-k1*x)+a2*exp(-k2*x)";

    [Fact]
    public void A_start_that_no_row_depends_on_is_no_solution()
    {
        Cli.Outcome text = FitCase.Run("peak", Peak, "A=10,m=5000,s=1");
        Assert.Equal(3, text.Code);
        Assert.Contains("undetermined (gradient) after 0 iterations", text.Output, StringComparison.Ordinal);
        Assert.Contains("no row depends on A, m and s at this point", text.Output, StringComparison.Ordinal);
        Assert.Matches("^warning: no solution: no row depends on A, m and s at this point; starts nearer to the data", text.Error);
        Cli.Outcome outcome = FitCase.Run("peak", Peak, "A=10,m=5000,s=1", "--json");
        JsonElement fit = outcome.Json();
        Assert.Equal((3, "undetermined"), (outcome.Code, fit.GetProperty("status").GetString()));
        Assert.All(fit.GetProperty("parameters").EnumerateArray(), parameter => Assert.Equal(
            ("not-determined", JsonValueKind.Null),
            (parameter.GetProperty("state").GetString(), parameter.GetProperty("interval").ValueKind)));
        Assert.Contains("no row depends on A, m and s", fit.GetProperty("messages")[0].GetString(), StringComparison.Ordinal);
        Assert.StartsWith("warning: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void From_a_better_start_it_is_that_of_scipy()
    {
        JsonElement fit = FitCase.Run("peak", Peak, "A=10,m=50,s=10", "--json").Json();
        Close([49.786, 62.99996, 1.998628], [0.468, 0.0217, 0.0217], fit);
    }

    [Theory]
    [InlineData("levenberg-marquardt")]
    [InlineData("gauss-newton")]
    [InlineData("dogleg")]
    public void Equal_starts_of_two_exponentials_are_left(string solver)
    {
        Cli.Outcome outcome = FitCase.Run("two", Two, "a1=1,k1=1,a2=1,k2=1", "--json", "--solver", solver);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        JsonElement fit = outcome.Json();
        JsonElement[] fast =
            [.. fit.GetProperty("parameters").EnumerateArray().OrderByDescending(p => p.GetProperty("estimate").GetDouble())];

        // R's nls.
        double[] estimates = [2.9663191810, 2.0485485774, 1.0431655199, 0.4114495093];
        double[] errors = [0.03189051769, 0.02912515320, 0.03350772736, 0.01052607131];
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(estimates[i], fast[i].GetProperty("estimate").GetDouble(), 1e-5);
            Assert.Equal(errors[i], fast[i].GetProperty("standard_error").GetDouble(), 1e-5);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(1000)]
    public void A_decay_from_a_steep_start_is_found(double start)
    {
        JsonElement fit = FitCase.Run("decay", "a*exp(-k*x)", $"a=1,k={start}", "--json").Json();
        Assert.Equal("converged", fit.GetProperty("status").GetString());
        Close([2.9959996, 0.7998674], [0.00597, 0.00243], fit);
    }

    [Fact]
    public void A_product_stays_converged_and_is_named()
    {
        string path = Text("p.csv", "y,x\n1.1,1\n2.05,2\n2.9,3\n4.2,4\n5,5\n");
        Cli.Outcome text = Cli.Run("fit", path, "--model", "a*b*x", "--start", "a=1,b=3");
        Assert.Equal((0, ""), (text.Code, text.Error));
        Assert.Contains("the data determine a*b = 1.0127 ± 0.0156, not its members one by one", text.Output, StringComparison.Ordinal);
        JsonElement fit = Cli.Json("fit", path, "--model", "a*b*x", "--start", "a=1,b=3");
        JsonElement product = Assert.Single(fit.GetProperty("determined_combinations").EnumerateArray());
        Assert.Equal(("product", "a*b"), (product.GetProperty("kind").GetString(), product.GetProperty("combination").GetString()));
        JsonElement slope = Cli.Json("fit", path, "--model", "c*x", "--start", "c=1");
        Assert.Equal(
            slope.GetProperty("parameters")[0].GetProperty("standard_error").GetDouble(),
            product.GetProperty("standard_error").GetDouble(),
            1e-9);
        Assert.Equal(slope.GetProperty("degrees_of_freedom").GetInt32(), fit.GetProperty("degrees_of_freedom").GetInt32());
    }

    [Fact]
    public void Where_a_column_never_varies_a_sum_is_determined()
    {
        JsonElement fit = FitCase.Run("onex", "a+b*x", "a=0,b=0", "--json").Json();
        Assert.Equal("converged", fit.GetProperty("status").GetString());
        JsonElement sum = Assert.Single(fit.GetProperty("determined_combinations").EnumerateArray());
        Assert.Equal("a + 3*b", sum.GetProperty("combination").GetString());
        Assert.Equal(1.0125, sum.GetProperty("estimate").GetDouble(), 1e-9);
    }

    [Fact]
    public void A_parameter_times_a_column_of_zeros_is_named()
    {
        string path = Text("z.csv", "y,x,z\n1.1,1,0\n2.05,2,0\n2.9,3,0\n4.2,4,0\n5,5,0\n");
        Cli.Outcome text = Cli.Run("fit", path, "--model", "a*x+b*z", "--start", "a=1,b=3");
        Assert.Equal((0, ""), (text.Code, text.Error));
        Assert.Contains("no row depends on b at this point", text.Output, StringComparison.Ordinal);
        Assert.Equal(3, Cli.Run("fit", path, "--model", "b*z", "--start", "b=3").Code);
    }

    private static void Close(double[] estimates, double[] errors, JsonElement fit)
    {
        for (int i = 0; i < estimates.Length; i++)
        {
            JsonElement parameter = fit.GetProperty("parameters")[i];
            Assert.Equal(estimates[i], Math.Abs(parameter.GetProperty("estimate").GetDouble()), 0.01 * errors[i]);
            Assert.Equal(errors[i], parameter.GetProperty("standard_error").GetDouble(), 0.01 * errors[i]);
        }
    }
}
