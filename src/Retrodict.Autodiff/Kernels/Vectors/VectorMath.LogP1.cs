using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace Retrodict.Autodiff.Kernels;

/// <content>
/// ln(1 + x). With u the rounded 1 + x = 2^k m and c its rounding error, ln(1 + x) = ln u + c / u to first order.
/// Where k is zero nothing needs rounding: f is x itself (the idea of fdlibm's s_log1p.c).
/// </content>
internal static partial class VectorMath
{
    /// <summary>ln(1 + x), relatively accurate near zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LogP1<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => typeof(T) == typeof(float)
            ? LogP1Single(x.As<T, float>()).As<float, T>()
            : LogP1Double(x.As<T, double>()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> LogP1Double(Vector512<double> x)
    {
        var one = Constant(1.0);
        var u = x + one;
        Split(u, out var k, out var m);
        var c = ConditionalSelect(GreaterThan(x, one), one - (u - x), x - (u - one));

        // c / u = (c / 2^k) / m, and c is so small beside u that a parabola stands for 1 / m. The power's exponent is
        // bounded because 2^-1024 is out of PowerOfTwo's range; c no longer matters there.
        var f = m - one;
        var reciprocal = FusedMultiplyAdd(f, FusedMultiplyAdd(f, Constant(0.75), Constant(-1.0)), one);
        var correction = c * PowerOfTwoDouble(-MinNative(k, Constant(1000.0))) * reciprocal;
        var unscaled = Vector512.Equals(k, Constant(0.0));
        var result = LogReduced(
            ConditionalSelect(unscaled, x, f), k, ConditionalSelect(unscaled, Constant(0.0), correction));

        var ordinary = GreaterThan(x, Constant(-1.0)) & LessThan(x, Constant(double.PositiveInfinity))
            & GreaterThan(Vector512.Abs(x), Constant(5.5e-17)); // Below 2^-54 the result is x, which keeps -0 too.
        var atPole = ConditionalSelect(Vector512.Equals(x, Constant(-1.0)), Constant(double.NegativeInfinity), x);
        var special = ConditionalSelect(LessThan(x, Constant(-1.0)), Constant(double.NaN), atPole);
        return ConditionalSelect(ordinary, result, special);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LogP1Single(Vector512<float> x)
    {
        var one = Constant(1.0f);
        var u = x + one;
        Split(u, out var k, out var m);
        var c = ConditionalSelect(GreaterThan(x, one), one - (u - x), x - (u - one));
        var f = m - one;
        var reciprocal = FusedMultiplyAdd(f, FusedMultiplyAdd(f, Constant(0.75f), Constant(-1.0f)), one);
        var correction = c * PowerOfTwoSingle(-MinNative(k, Constant(120.0f))) * reciprocal;
        var unscaled = Vector512.Equals(k, Constant(0.0f));
        var result = LogReduced(
            ConditionalSelect(unscaled, x, f), k, ConditionalSelect(unscaled, Constant(0.0f), correction));

        var ordinary = GreaterThan(x, Constant(-1.0f)) & LessThan(x, Constant(float.PositiveInfinity))
            & GreaterThan(Vector512.Abs(x), Constant(2.9e-8f));
        var atPole = ConditionalSelect(Vector512.Equals(x, Constant(-1.0f)), Constant(float.NegativeInfinity), x);
        var special = ConditionalSelect(LessThan(x, Constant(-1.0f)), Constant(float.NaN), atPole);
        return ConditionalSelect(ordinary, result, special);
    }

    /// <summary>
    /// ln(1 + x) for x from 0 to 1, where one comparison makes the reduction: beyond sqrt(2) - 1, k is 1 and f is (x - 1) / 2.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> LogP1OfFraction<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var half = Constant<T>(0.5);
        var large = GreaterThan(x, Constant<T>(0.41421356237309503));
        var f = Fused(half, x, -half);

        // f is rounded for x below 1/2 only, where the derivative of the logarithm at f is about 1.37.
        var correction = Fused(half, x, -(f + half)) * Constant<T>(1.37);
        f = ConditionalSelect(large, f, x);
        var k = large & Constant<T>(1.0);
        return typeof(T) == typeof(float)
            ? LogReduced(f.As<T, float>(), k.As<T, float>(), (large & correction).As<T, float>()).As<float, T>()
            : LogReduced(f.As<T, double>(), k.As<T, double>(), (large & correction).As<T, double>()).As<double, T>();
    }
}
