using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Conventions;

/// <summary>The product of derivative rules is zero beside a zero, and an ordinary product else.</summary>
public class StrongZeroTests
{
    private const double Infinity = double.PositiveInfinity;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Zero_wins_over_infinity_and_NaN(bool simplify)
    {
        Function product = Function.Trace([("x", 8), ("y", 8)], v => [("z", Value.ChainMultiply(v[0], v[1]))]);
        double[] z = product.Compile<double>(new PlanOptions { Simplify = simplify })
            .Evaluate(
                [[0, -0.0, Infinity, double.NaN, 0, 2, double.NaN, -Infinity], [Infinity, double.NaN, 0, -0.0, -Infinity, 3, 1, 2]])[0];
        Assert.Equal([0, 0, 0, 0, 0, 6, double.NaN, -Infinity], z);
    }

    [Fact]
    public void Constants_beside_it_keep_the_rule()
    {
        double[] x = [0, double.NaN, Infinity, 2];
        Assert.Equal([0, 0, 0, 0], Run(v => Value.ChainMultiply(v, 0)));
        Assert.Equal([0, 0, 0, 0], Run(v => Value.ChainMultiply(0, v)));
        Assert.Equal([0, double.NaN, Infinity, 6], Run(v => Value.ChainMultiply(3, v)));
        Assert.Equal([0, double.NaN, Infinity, 2], Run(v => Value.ChainMultiply(v, 1)));
        Assert.Equal([0, double.NaN, Infinity, Infinity], Run(v => Value.ChainMultiply(v, Infinity)));
        Assert.Equal([0, double.NaN, double.NaN, double.NaN], Run(v => Value.ChainMultiply(v, double.NaN)));

        double[] Run(Func<Value, Value> f)
        {
            Function function = Function.Trace(f, 4);
            double[] simple = Numbers.Run(function, x)[0];
            Assert.Equal(function.Compile<double>(Numbers.AsWritten).Evaluate(x)[0], simple);
            return simple;
        }
    }

    [Fact]
    public void A_zero_tangent_stays_zero_beside_an_infinite_slope()
    {
        Function root = Function.Trace(Value.Sqrt, 2);
        Assert.Equal([0, Infinity], Numbers.Run(root.Jvp(), [0, 0], [0, 1])[1]);
        Assert.Equal([0, Infinity], Numbers.Run(root.Vjp(), [0, 0], [0, 1])[1]);
        Assert.Equal([Infinity, 0, 0, 0.5], Numbers.Run(root.Jacobian(), [0, 1])[0]);
    }
}
