using Retrodict.Expressions;
using Retrodict.Randomness;

namespace Retrodict.Tests.Expressions;

public sealed class ExpressionTests
{
    [Theory]
    [InlineData("1+2*3", 7)]
    [InlineData("(1+2)*3", 9)]
    [InlineData("2^3^2", 512)]
    [InlineData("2**3**2", 512)]
    [InlineData("-2^2", -4)]
    [InlineData("(-2)^2", 4)]
    [InlineData("(-2)^3", -8)]
    [InlineData("(-2)^-3", -0.125)]
    [InlineData("(0-2)^(5-3)", 4)]
    [InlineData("2^-1", 0.5)]
    [InlineData("2^-2^2", 0.0625)]
    [InlineData("8/4/2", 1)]
    [InlineData("8-4-2", 2)]
    [InlineData("8/4*2", 4)]
    [InlineData("--3", 3)]
    [InlineData("+-+3", -3)]
    [InlineData("2*-3", -6)]
    [InlineData("2 - -3", 5)]
    [InlineData(".5 + 5.", 5.5)]
    [InlineData("1.5e3 + 2E-1", 1500.2)]
    [InlineData("2*e", 2 * Math.E)]
    [InlineData("pi", Math.PI)]
    [InlineData("pow(2, 10)", 1024)]
    [InlineData("pow(-2, 3)", -8)]
    [InlineData("4^0.5", 2)]
    [InlineData("7^0", 1)]
    [InlineData("exp(0) + log(e) + log10(1000) + sqrt(9) + abs(-2)", 10)]
    [InlineData("sin(0) + cos(0) + tan(0) + arctan(0) + sinh(0) + cosh(0) + tanh(0)", 2)]
    [InlineData("\texp\n( 1 )\r\n", Math.E)]
    public void Expressions_mean_what_mathematics_says(string text, double expected) =>
            Assert.Equal(expected, Evaluated.Of(text), Math.Abs(expected) * 1e-15);

    [Fact]
    public void Random_trees_printed_and_read_back_evaluate_equally()
    {
        var stream = new RandomStream(20261, "expressions");
        (string, double)[] names = [("a", 0.7), ("b", -1.3), ("x", 2.1)];
        Dictionary<string, double> values = names.ToDictionary(entry => entry.Item1, entry => entry.Item2);
        int compared = 0;
        for (int i = 0; i < 400; i++)
        {
            RandomTree tree = RandomTree.Draw(stream.At(i), 5);
            double expected = tree.Evaluate(values);
            string text = tree.Print(stream.Child("style").At(i));
            double actual = Evaluated.Of(text, names);

            // Beyond, rounding in the argument of a function decides.
            if (Math.Abs(expected) is > 1e-6 and < 1e6 && IsStable(tree, values))
            {
                compared++;
                Assert.True(Math.Abs(expected - actual) <= 1e-9 * Math.Abs(expected), $"{text} is {expected:R}, not {actual:R}");
            }
            else if (double.IsNaN(expected))
            {
                Assert.True(!double.IsFinite(actual) || !IsStable(tree, values), $"{text} is NaN, not {actual:R}");
            }
        }

        Assert.InRange(compared, 100, 400);
    }

    [Fact]
    public void Small_whole_powers_are_exact_and_have_derivatives_for_every_base()
    {
        for (int n = -16; n <= 16; n++)
        {
            foreach (double x in new[] { -3.0, -0.5, 0.25, 2.0 })
            {
                double expected = Math.Pow(x, n);
                Assert.Equal(expected, Evaluated.Of($"x^({n})", ("x", x)), Math.Abs(expected) * 4e-16 * Math.Abs(n));
                double slope = n * Math.Pow(x, n - 1);
                Assert.Equal(slope, Evaluated.Gradient($"x^({n})", ("x", x))[0], Math.Abs(slope) * 1e-14);
            }
        }

        Assert.Equal(0, Evaluated.Gradient("x^2", ("x", 0))[0]);
        Assert.Equal(-32768 * 4, Evaluated.Of("x^17", ("x", -2)), 1e-9);
    }

    [Fact]
    public void Names_are_listed_once_in_order_without_functions_and_constants() =>
        Assert.Equal(["b2", "x", "_b1", "größe"], Expression.Parse("b2*exp(x/b2) + pi*_b1 - e*größe*x").Names);

    [Fact]
    public void Long_expressions_need_no_deep_stack()
    {
        string sum = string.Join('+', Enumerable.Repeat("x", 10_000));
        Assert.Equal(10_000, Evaluated.Of(sum, ("x", 1)));
        Assert.Equal(1, Evaluated.Of(new string('-', 50_000) + "1"));
        Assert.Equal(1, Evaluated.Of(new string('(', 400) + "1" + new string(')', 400)));
    }

    /// <summary>Whether the value hardly depends on the last digits of the names.</summary>
    private static bool IsStable(RandomTree tree, Dictionary<string, double> values)
    {
        double moved = tree.Evaluate(values.ToDictionary(entry => entry.Key, entry => entry.Value * (1 + 1e-13)));
        double still = tree.Evaluate(values);
        return double.IsNaN(moved) ? double.IsNaN(still) : Math.Abs(moved - still) <= 1e-10 * Math.Abs(still);
    }
}
