using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Conventions;

/// <summary>NaN, infinities and negative zeros pass through simplification as through the program as written.</summary>
public class SpecialNumberTests
{
    private const double Infinity = double.PositiveInfinity;

    private static readonly double[] _numbers = [double.NaN, Infinity, -Infinity, 0, -0.0, 1, -1, 1e-310, -1e308, 2.5];

    private static readonly Dictionary<string, Func<Value, Value>> _expressions = new()
    {
        ["x * 0"] = x => x * 0,
        ["0 * x"] = x => 0 * x,
        ["x - x"] = x => x - x,
        ["0 / x"] = x => 0 / x,
        ["x / x"] = x => x / x,
        ["x * 1"] = x => x * 1,
        ["x * -1"] = x => x * -1,
        ["x / 1"] = x => x / 1,
        ["x - 0"] = x => x - 0,
        ["x + -0"] = x => x + -0.0,
        ["x - -0"] = x => x - -0.0,
        ["0 - x"] = x => 0 - x,
        ["-(-x)"] = x => -(-x),
        ["x + -x"] = x => x + (-x),
        ["x - -x"] = x => x - (-x),
        ["-x + x"] = x => -x + x,
        ["x^1"] = x => Value.Pow(x, 1),
        ["x^2"] = x => Value.Pow(x, 2),
        ["x^-1"] = x => Value.Pow(x, -1),
        ["x^0"] = x => Value.Pow(x, 0),
        ["1^x"] = x => Value.Pow(1, x),
        ["select one branch"] = x => Value.Select(x < 0, x, x),
        ["select by NaN"] = x => Value.Select(double.NaN, x, 0),
        ["select by zero"] = x => Value.Select(-0.0, 0, x),
        ["reverse twice"] = x => x.Reverse().Reverse(),
        ["permute of length one"] = x => x.Reshape(10, 1).Permute().Flatten(),
        ["stop-gradient"] = x => Value.StopGradient(Value.StopGradient(x)),
        ["max over length one"] = x => x.Reshape(10, 1).Max(1),
        ["signed zeros in a constant"] = x => x / (Value.Constant([1, -1, 1, -1, 1, -1, 1, -1, 1, -1]) * 0),
        ["folded NaN"] = x => x + (Value.Full(0, 10) / 0),
        ["folded infinity"] = x => x * (1 / Value.Full(0, 10)),
        ["absolute value"] = Value.Abs,
        ["min"] = x => Value.Min(x, 0),
        ["max"] = x => Value.Max(-0.0, x),
    };

    public static TheoryData<string> Expressions => [.. _expressions.Keys];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Simplification_keeps_every_bit(string expression)
    {
        Function function = Function.Trace(_expressions[expression], 10);
        double[] written = function.Compile<double>(Numbers.AsWritten).Evaluate(_numbers)[0];
        double[] simple = function.Compile<double>(Numbers.Simplified).Evaluate(_numbers)[0];
        Assert.Equal(written.Select(Bits), simple.Select(Bits));
        Assert.Equal(written.Select(Bits), function.Simplify().Compile<double>(Numbers.AsWritten).Evaluate(_numbers)[0].Select(Bits));
    }

    [Fact]
    public void NaN_and_infinity_are_not_multiplied_or_subtracted_away()
    {
        Assert.Equal([double.NaN, double.NaN, 0], Run(x => x * 0, double.NaN, Infinity, 3));
        Assert.Equal([double.NaN, double.NaN, 0], Run(x => x - x, double.NaN, Infinity, 3));
        Assert.Equal([double.NaN, double.NaN, 0], Run(x => (x * 0).Reshape(3, 1).Sum(1), double.NaN, Infinity, 3));
        Assert.Equal([double.NaN], Run(x => x.Sum(), double.NaN, 1, 2));
        Assert.Equal([double.NaN], Run(x => x.Max(), 3, double.NaN, 2));
        Assert.Equal([double.NaN], Run(x => x.Min(), 3, 1, double.NaN));
        Assert.Equal([double.NaN], Run(x => Value.Dot(x, Value.Full(0, 3)), 1, Infinity, 2));
        Assert.Equal([double.NaN, 1], Run(x => Value.Max(x, 1), double.NaN, 0));
        Assert.Equal([double.NaN, 0], Run(x => Value.Min(x, 1), double.NaN, 0));
    }

    [Fact]
    public void Rectified_linear_units_limit_infinities_and_keep_NaN() =>
        Assert.Equal([0, Infinity, double.NaN, 0, 2], Run(Value.Relu, -Infinity, Infinity, double.NaN, -1, 2));

    [Fact]
    public void Empty_reductions_have_their_neutral_elements()
    {
        Function function = Function.Trace(
            [("x", [0, 2])],
            v => [("sum", v[0].Sum(0)), ("max", v[0].Max(0)), ("min", v[0].Min(0)), ("mean", v[0].Mean(0)), ("all", v[0].Sum())]);
        double[][] y = Numbers.Run(function, [[]]);
        Assert.Equal([0, 0], y[0]);
        Assert.Equal([-Infinity, -Infinity], y[1]);
        Assert.Equal([Infinity, Infinity], y[2]);
        Assert.Equal([double.NaN, double.NaN], y[3]);
        Assert.Equal([0], y[4]);
    }

    [Fact]
    public void Powers_have_the_special_cases_of_the_standard()
    {
        (double X, double Y)[] pairs =
        [
            (0, 0), (-0.0, 0), (Infinity, 0), (double.NaN, 0), (1, double.NaN), (1, Infinity), (0, -1), (-0.0, -1), (-0.0, -2), (-0.0, 3),
            (-0.0, 2), (-2, 3), (-2, 2), (-2, 0.5), (-Infinity, 3), (-Infinity, -3), (-Infinity, 2), (-1, Infinity), (0.5, Infinity),
            (0.5, -Infinity), (2, -Infinity), (double.NaN, 1), (2, double.NaN), (-0.0, 0.5), (0, -0.5),
        ];
        Function power = Function.Trace([("x", pairs.Length), ("y", pairs.Length)], v => [("z", Value.Pow(v[0], v[1]))]);
        double[] z = Numbers.Run(power, [.. pairs.Select(p => p.X)], [.. pairs.Select(p => p.Y)])[0];
        Assert.Equal(pairs.Select(p => Bits(Math.Pow(p.X, p.Y))), z.Select(Bits));
        float[] single = power.Compile<float>().Evaluate([[.. pairs.Select(p => (float)p.X)], [.. pairs.Select(p => (float)p.Y)]])[0];
        Assert.Equal(pairs.Select(p => Bits(Math.Pow(p.X, p.Y))), single.Select(s => Bits(s)));
    }

    private static double[] Run(Func<Value, Value> f, params double[] x)
    {
        Function function = Function.Trace(f, x.Length);
        double[] simple = Numbers.Run(function, x)[0];
        Assert.Equal(function.Compile<double>(Numbers.AsWritten).Evaluate(x)[0], simple);
        float[] single = function.Compile<float>().Evaluate([.. x.Select(e => (float)e)])[0];
        Assert.Equal(simple.Select(e => (float)e), single);
        return simple;
    }

    private static long Bits(double x) => double.IsNaN(x) ? -1 : BitConverter.DoubleToInt64Bits(x);
}
