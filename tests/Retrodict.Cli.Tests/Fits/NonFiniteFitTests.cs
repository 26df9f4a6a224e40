using System.Text.Json;

namespace Retrodict.Cli.Tests.Fits;

/// <summary>Models and derivatives that are not finite: which row, which parameter, which part of the formula, and why.</summary>
public sealed class NonFiniteFitTests : TemporaryFolder
{
    [Theory]
    [InlineData("order", "a*((abs(tc-T)+tc-T)/2)^b", "a=1,tc=100,b=0.5", "line 22", "tc", "((abs(tc-T)+tc-T)/2)^b", "power of zero")]
    [InlineData("stretched", "exp(-(t/tau)^beta)", "tau=-1,beta=1", "line 3", "beta", "(t/tau)^beta", "power of a negative base, -1")]
    [InlineData("cubic", "a*(x-c)^n", "a=1,c=0,n=3", "line 2", "n", "(x-c)^n", "power of a negative base, -3")]
    [InlineData("cubic", "a*pow(x-c, n)", "a=1,c=0,n=3", "line 2", "n", "pow(x-c, n)", "power of a negative base, -3")]
    [InlineData("order", "sqrt(a*T)", "a=0", "line 2", "a", "sqrt(a*T)", "root of zero")]
    public void A_derivative_is_traced_to_its_part(
        string name, string model, string start, string row, string parameter, string part, string reason)
    {
        Cli.Outcome outcome = FitCase.Run(name, model, start, "--json");
        JsonElement fit = outcome.Json();
        Assert.Equal((3, "non-finite-derivative"), (outcome.Code, fit.GetProperty("criterion").GetString()));
        JsonElement cause = fit.GetProperty("non_finite_cause");
        Assert.EndsWith(row, cause.GetProperty("place").GetString(), StringComparison.Ordinal);
        Assert.Equal((parameter, part), (cause.GetProperty("parameter").GetString(), cause.GetProperty("expression").GetString()));
        Assert.Contains(reason, cause.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains($"the derivative of the model with respect to {parameter} is not finite", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(part, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, fit.GetProperty("non_finite").GetProperty("residual").ValueKind);
    }

    [Theory]
    [InlineData("a*log(b*x)", "a=1,b=-1", 4, "log(b*x)", "logarithm of a number that is not positive, -1")]
    [InlineData("a*log10(x-2) + b", "a=1,b=1", 4, "log10(x-2)", "not positive, -1")]
    [InlineData("sqrt(a*(x-2.5)) + b", "a=1,b=1", 4, "sqrt(a*(x-2.5))", "root of a negative number, -1.5")]
    [InlineData("a/(x - b)", "a=1,b=3", 6, "a/(x - b)", "divides by zero")]
    [InlineData("a*exp(b*x)", "a=1,b=300", 6, "exp(b*x)", "exp of 900, too large")]
    [InlineData("a*(x-b)^1.5", "a=1,b=2", 4, "(x-b)^1.5", "with an exponent that is not whole, 1.5")]
    [InlineData("a*x**b/(c**b + x**b)", "a=1,b=1.5,c=-1", 4, "c**b", "negative base, -1")]
    [InlineData("a*if(x<2.5, log(x-b), 1)", "a=1,b=1", 4, "log(x-b)", "not positive, 0")]
    [InlineData("a*(x-b)^-2", "a=1,b=2", 5, "(x-b)^-2", "negative power of zero")]
    public void A_value_is_traced_to_its_part(string model, string start, int line, string part, string reason)
    {
        string path = Text("rows.csv", "# three comments\n# and a header\ny,x\n1,1\n2,2\n4,3\n");
        Cli.Outcome outcome = Cli.Run("fit", path, "--model", model, "--start", start, "--json");
        JsonElement fit = outcome.Json();
        Assert.Equal((3, "non-finite-start"), (outcome.Code, fit.GetProperty("criterion").GetString()));
        JsonElement cause = fit.GetProperty("non_finite_cause");
        Assert.EndsWith($"line {line}", cause.GetProperty("place").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            (line - 4, JsonValueKind.Null),
            (fit.GetProperty("non_finite").GetProperty("residual").GetInt32(), cause.GetProperty("parameter").ValueKind));
        Assert.Equal(part, cause.GetProperty("expression").GetString());
        Assert.Contains(reason, cause.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains($"{part} ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_that_is_cut_off_at_zero_does_no_harm()
    {
        JsonElement fit = FitCase.Run("order", "a*max(tc-T, 0)^b", "a=1,tc=100.2,b=0.5", "--json").Json();
        Assert.Equal("converged", fit.GetProperty("status").GetString());
        double[] estimates = [2.99771, 101.30423, 0.350492];
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(
            estimates[i], fit.GetProperty("parameters")[i].GetProperty("estimate").GetDouble(), 1e-3));
    }
}
