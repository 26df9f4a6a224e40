using System.Numerics;
using Retrodict.Autodiff.Kernels;
using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Kernels;

public class SpecialValueTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    [Fact]
    public void Exp() => Both<ExpOperator>(
        (0, 1), (-0.0, 1), (Inf, Inf), (-Inf, 0), (NaN, NaN), (1e30, Inf), (-1e30, 0), (1e-40, 1));

    [Fact]
    public void Exp_overflows_and_vanishes_where_it_should()
    {
        Equal<double, ExpOperator>(709.782712893384, Math.Exp(709.782712893384));
        Equal<double, ExpOperator>(709.7827128933841, Inf);
        Equal<double, ExpOperator>(-745.13321910194110, double.Epsilon);
        Equal<double, ExpOperator>(-745.1332191019412, 0);
        Equal<float, ExpOperator>(88.72283f, MathF.Exp(88.72283f));
        Equal<float, ExpOperator>(88.72284f, float.PositiveInfinity);
        Equal<float, ExpOperator>(-103.97208f, MathF.Exp(-103.97208f));
        Equal<float, ExpOperator>(-103.97209f, 0);
    }

    [Fact]
    public void ExpM1()
    {
        Both<ExpM1Operator>((0, 0), (-0.0, -0.0), (Inf, Inf), (-Inf, -1), (NaN, NaN), (-100, -1), (1e30, Inf), (1e-40, 1e-40));
        Equal<double, ExpM1Operator>(double.Epsilon, double.Epsilon);
        Equal<double, ExpM1Operator>(709.7827128933841, Inf);
    }

    [Fact]
    public void Log() => Both<LogOperator>((0, -Inf), (-0.0, -Inf), (1, 0), (Inf, Inf), (-Inf, NaN), (-1, NaN), (NaN, NaN));

    [Fact]
    public void LogP1()
    {
        Both<LogP1Operator>(
            (0, 0), (-0.0, -0.0), (-1, -Inf), (-1.5, NaN), (-Inf, NaN), (Inf, Inf), (NaN, NaN), (1e-40, 1e-40));
        Equal<double, LogP1Operator>(double.MaxValue, Math.Log(double.MaxValue));
        Equal<float, LogP1Operator>(float.MaxValue, MathF.Log(float.MaxValue));
        Equal<double, LogP1Operator>(double.Epsilon, double.Epsilon);
    }

    [Fact]
    public void Bounded_functions()
    {
        Both<TanhOperator>((0, 0), (-0.0, -0.0), (Inf, 1), (-Inf, -1), (NaN, NaN), (30, 1), (-1e30, -1), (1e-40, 1e-40));
        Both<AtanOperator>((0, 0), (-0.0, -0.0), (Inf, Math.Atan(Inf)), (-Inf, -Math.Atan(Inf)), (NaN, NaN), (1e-40, 1e-40));
        Both<SigmoidOperator>((0, 0.5), (-0.0, 0.5), (Inf, 1), (-Inf, 0), (NaN, NaN), (1e30, 1), (-1e30, 0));
        Both<SinOperator>((0, 0), (-0.0, -0.0), (Inf, NaN), (-Inf, NaN), (NaN, NaN), (1e-40, 1e-40), (1e22, Math.Sin((float)1e22)));
        Both<CosOperator>((0, 1), (-0.0, 1), (Inf, NaN), (-Inf, NaN), (NaN, NaN), (1e-40, 1));
    }

    [Fact]
    public void Softplus() => Both<SoftplusOperator>(
        (0, Math.Log(2)), (Inf, Inf), (-Inf, 0), (NaN, NaN), (1e30, 1e30), (-1e30, 0));

    [Fact]
    public void Exact_functions()
    {
        Both<NegateOperator>((0, -0.0), (1, -1), (Inf, -Inf), (NaN, NaN));
        Both<AbsOperator>((-0.0, 0), (-2, 2), (-Inf, Inf), (NaN, NaN));
        Both<SignOperator>((0, 0), (-0.0, 0), (3, 1), (-1e-40, -1), (Inf, 1), (-Inf, -1), (NaN, NaN));
        Both<SqrtOperator>((4, 2), (-0.0, -0.0), (-1, NaN), (Inf, Inf), (NaN, NaN));
        Both<ReciprocalOperator>((4, 0.25), (0, Inf), (-0.0, -Inf), (-Inf, -0.0), (NaN, NaN));
        Both<FloorOperator>((1.5, 1), (-1.5, -2), (-0.0, -0.0), (-0.5, -1), (Inf, Inf), (NaN, NaN));
    }

    [Fact]
    public void Power_has_the_special_values_of_the_scalar_function()
    {
        double[] values =
        [
            0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 2.5, -2.5, 1e-40, -1e-40, 1e30, -1e30, 1e-300, 1e300, 9007199254740991,
            -9007199254740993, 4503599627370497.5, Inf, -Inf, NaN, 0.9999999999999999, double.Epsilon, double.MaxValue,
        ];
        foreach (var x in values)
        {
            foreach (var y in values)
            {
                Agrees(Math.Pow(x, y), Invoke<double, PowerOperator>(x, y), $"{x:R} ^ {y:R}");
                Agrees(Math.Pow((float)x, (float)y), Invoke<float, PowerOperator>((float)x, (float)y), $"{(float)x:R}f ^ {(float)y:R}f");
            }
        }
    }

    [Fact]
    public void Minimum_and_maximum_follow_ieee_754_2019()
    {
        double[] values = [0, -0.0, 1, -1, Inf, -Inf, NaN];
        foreach (var x in values)
        {
            foreach (var y in values)
            {
                Same(Math.Min(x, y), Invoke<double, MinimumOperator>(x, y));
                Same(Math.Max(x, y), Invoke<double, MaximumOperator>(x, y));
                Same(MathF.Min((float)x, (float)y), Invoke<float, MinimumOperator>((float)x, (float)y));
                Same(MathF.Max((float)x, (float)y), Invoke<float, MaximumOperator>((float)x, (float)y));
            }
        }
    }

    [Fact]
    public void Comparisons_give_one_or_zero_and_nothing_equals_NaN()
    {
        double[] values = [0, -0.0, 1, -1, Inf, -Inf, NaN];
        foreach (var x in values)
        {
            foreach (var y in values)
            {
                Same(x < y ? 1 : 0, Invoke<double, LessOperator>(x, y));
                Same(x <= y ? 1 : 0, Invoke<double, LessOrEqualOperator>(x, y));
                Same(x == y ? 1 : 0, Invoke<double, EqualOperator>(x, y));
                Same(x != y ? 1 : 0, Invoke<double, NotEqualOperator>(x, y));
                Same(x != y ? 1 : 0, Invoke<float, NotEqualOperator>((float)x, (float)y));
            }
        }
    }

    [Fact]
    public void A_zero_wins_in_a_chain_product()
    {
        foreach (var other in new[] { Inf, -Inf, NaN, -3 })
        {
            Same(0, Invoke<double, ChainMultiplyOperator>(0, other));
            Same(0, Invoke<double, ChainMultiplyOperator>(other, -0.0));
            Same(0, Invoke<float, ChainMultiplyOperator>((float)other, 0));
        }

        foreach (var other in new[] { Inf, -Inf, NaN })
        {
            Same(0, Invoke<double, StrongMultiplyOperator>(0, other));
            Same(0, Invoke<float, StrongMultiplyOperator>((float)other, -0.0f));
        }

        Same(-0.0, Invoke<double, StrongMultiplyOperator>(0, -3));
        Same(NaN, Invoke<double, StrongMultiplyOperator>(NaN, 1));
        Same(Inf, Invoke<double, StrongMultiplyOperator>(-Inf, -2));
        Same(NaN, Invoke<double, ChainMultiplyOperator>(NaN, 1));
        Same(-6, Invoke<double, ChainMultiplyOperator>(2, -3));
    }

    [Fact]
    public void Leaky_relu_and_select()
    {
        Same(2, Invoke<double, LeakyReluOperator>(2, 0.1));
        Same(-0.2, Invoke<double, LeakyReluOperator>(-2, 0.1));
        Same(NaN, Invoke<double, LeakyReluOperator>(NaN, 0.1));
        var result = new double[4];
        ElementwiseLoop.Ternary<double, SelectOperator>([1, 0, -0.0, NaN], [NaN], [5, 6, 7, 8], result);
        Assert.Equal([NaN, 6, 7, NaN], result);
    }

    private static void Both<TOperator>(params (double X, double Expected)[] cases)
        where TOperator : struct, IUnaryOperator
    {
        foreach (var (x, expected) in cases)
        {
            Equal<double, TOperator>(x == 1e22 ? (float)1e22 : x, expected);
            Equal<float, TOperator>((float)x, (float)expected);
        }
    }

    private static void Equal<T, TOperator>(T x, T expected)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IUnaryOperator
    {
        var result = new T[1];
        ElementwiseLoop.Unary<T, TOperator>([x], result);
        Agrees(double.CreateTruncating(expected), result[0], $"{typeof(TOperator).Name}({x:R})");
    }

    private static T Invoke<T, TOperator>(T x, T y)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IBinaryOperator
    {
        var result = new T[1];
        ElementwiseLoop.Binary<T, TOperator>([x], [y], result);
        return result[0];
    }

    /// <summary>The same special value or sign, and the same number to two units in the last place.</summary>
    private static void Agrees<T>(double expected, T actual, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var rounded = T.CreateTruncating(expected);
        var agrees = T.IsNaN(rounded)
            ? T.IsNaN(actual)
            : T.IsNegative(rounded) == T.IsNegative(actual)
              && (rounded == actual
                  || T.Abs(actual) == T.BitIncrement(T.Abs(rounded)) || T.Abs(actual) == T.BitDecrement(T.Abs(rounded)));
        agrees &= T.IsInfinity(rounded) == T.IsInfinity(actual) && T.IsZero(rounded) == T.IsZero(actual);
        Assert.True(agrees, $"{what}: {actual:R} instead of {rounded:R}");
    }

    private static void Same(double expected, double actual)
        => Assert.Equal(
            double.IsNaN(expected) ? double.NaN : BitConverter.DoubleToInt64Bits(expected),
            double.IsNaN(actual) ? double.NaN : BitConverter.DoubleToInt64Bits(actual));
}
