namespace Retrodict.Cli.Tests;

public sealed class FitHintTests : TemporaryFolder
{
    [Theory]
    [InlineData("cot", "cot(x) is 1/tan(x); the functions are exp, log")]
    [InlineData("sinc", "sinc(x) is sin(x)/x")]
    [InlineData("gamma", "the functions are exp, log")]
    [InlineData("exo", "did you mean 'exp'?")]
    public void A_function_that_is_not_there_is_not_answered_with_another(string name, string hint)
    {
        Cli.Outcome outcome = Cli.Run("fit", Text("d.csv", "y,x\n1,0.1\n2,0.2\n"), "--model", $"a*{name}(x)", "--start", "a=1");
        Assert.Equal((2, ""), (outcome.Code, outcome.Output));
        Assert.Contains($"There is no function '{name}' (position 2); {hint}", outcome.Error, StringComparison.Ordinal);
    }

    /// <summary>y = 2 f(x), so a is 2.</summary>
    [Theory]
    [InlineData("asin", 0.10016742116155979, 0.20135792079033080, 0.52359877559829887)]
    [InlineData("acos", 1.4706289056333368, 1.3694384060045658, 1.0471975511965977)]
    [InlineData("arcsin", 0.10016742116155979, 0.20135792079033080, 0.52359877559829887)]
    [InlineData("sign", 1.0, 1.0, 1.0)]
    [InlineData("log2", -3.3219280948873623, -2.3219280948873623, -1.0)]
    [InlineData("log1p", 0.095310179804324860, 0.18232155679395463, 0.40546510810816438)]
    public void Functions_of_R_and_NumPy_are_there(string name, params double[] values)
    {
        string rows = string.Join('\n', values.Zip([0.1, 0.2, 0.5], (value, x) => FormattableString.Invariant($"{2 * value:R},{x}")));
        double estimate = Cli.Json("fit", Text("d.csv", $"y,x\n{rows}\n"), "--model", $"a*{name}(x)", "--start", "a=1")
            .GetProperty("parameters")[0].GetProperty("estimate").GetDouble();
        Assert.Equal(2, estimate, 1e-12);
    }
}
