using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace Retrodict.Autodiff.Kernels;

/// <content>
/// ln x. With x = 2^k m, m between sqrt(1/2) and sqrt(2), f = m - 1 and s = f / (2 + f),
/// ln x = k ln 2 + ln(1 + f) and ln(1 + f) = 2 artanh s = 2 s + s R(s^2). As 2 s = f - s f, the sum is taken as
/// f - (f^2 / 2 - s (f^2 / 2 + R)), whose leading term is exact (the arrangement of fdlibm's e_log.c, Sun Microsystems 1993).
/// </content>
internal static partial class VectorMath
{
    private const long SqrtHalfBits = 0x3FE6A09E667F3BCD;
    private const int SqrtHalfBitsSingle = 0x3F3504F3;

    /// <summary>The natural logarithm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Log<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => typeof(T) == typeof(float)
            ? LogSingle(x.As<T, float>()).As<float, T>()
            : LogDouble(x.As<T, double>()).As<double, T>();

    [MethodImpl(Part)]
    private static Vector512<double> LogDouble(Vector512<double> x)
    {
        SplitNormalized(x, out var k, out var m);
        var result = LogReduced(m - Constant(1.0), k, Constant(0.0));

        var ordinary = GreaterThan(x, Constant(0.0)) & LessThan(x, Constant(double.PositiveInfinity));
        var atPole = ConditionalSelect(Vector512.Equals(x, Constant(0.0)), Constant(double.NegativeInfinity), x);
        var special = ConditionalSelect(LessThan(x, Constant(0.0)), Constant(double.NaN), atPole);
        return ConditionalSelect(ordinary, result, special);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LogSingle(Vector512<float> x)
    {
        // Subnormals are brought to normal numbers first; their exponent is put right afterwards.
        var subnormal = LessThan(x, Constant(1.17549435e-38f));
        Split(ConditionalSelect(subnormal, x * Constant(16777216.0f), x), out var k, out var m);
        k -= subnormal & Constant(24.0f);
        var result = LogReduced(m - Constant(1.0f), k, Constant(0.0f));

        var ordinary = GreaterThan(x, Constant(0.0f)) & LessThan(x, Constant(float.PositiveInfinity));
        var atPole = ConditionalSelect(Vector512.Equals(x, Constant(0.0f)), Constant(float.NegativeInfinity), x);
        var special = ConditionalSelect(LessThan(x, Constant(0.0f)), Constant(float.NaN), atPole);
        return ConditionalSelect(ordinary, result, special);
    }

    /// <summary>x = 2^k m for any positive x, subnormals included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SplitNormalized(Vector512<double> x, out Vector512<double> k, out Vector512<double> m)
    {
        var subnormal = LessThan(x, Constant(2.2250738585072014e-308));
        Split(ConditionalSelect(subnormal, x * Constant(18014398509481984.0), x), out k, out m);
        k -= subnormal & Constant(54.0);
    }

    /// <summary>x = 2^k m with m between sqrt(1/2) and sqrt(2), for positive normal x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Split(Vector512<double> x, out Vector512<double> k, out Vector512<double> m)
    {
        // Moving sqrt(1/2) onto a power of two makes the exponent field count the intervals wanted. The field becomes a
        // number by standing in the mantissa of 2^52.
        var shifted = x.As<double, long>() + Constant(0x3FF0000000000000 - SqrtHalfBits);
        k = ((shifted >>> 52) | Constant(0x4330000000000000)).As<long, double>() - Constant(4503599627370496.0 + 1023.0);
        m = ((shifted & Constant(0x000FFFFFFFFFFFFF)) + Constant(SqrtHalfBits)).As<long, double>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Split(Vector512<float> x, out Vector512<float> k, out Vector512<float> m)
    {
        var shifted = x.As<float, int>() + Constant(0x3F800000 - SqrtHalfBitsSingle);
        k = ((shifted >>> 23) | Constant(0x4B000000)).As<int, float>() - Constant(8388608.0f + 127.0f);
        m = ((shifted & Constant(0x007FFFFF)) + Constant(SqrtHalfBitsSingle)).As<int, float>();
    }

    /// <summary>k ln 2 + ln(1 + f) + correction; the polynomial errs by 2^-57 of ln(1 + f).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> LogReduced(Vector512<double> f, Vector512<double> k, Vector512<double> correction)
    {
        var s = f / (f + Constant(2.0));
        var z = s * s;
        var w = z * z;
        var even = Constant(0.1461703754883715);
        even = FusedMultiplyAdd(even, w, Constant(0.18182890556695763));
        even = FusedMultiplyAdd(even, w, Constant(0.2857142862609589));
        even = FusedMultiplyAdd(even, w, Constant(0.666666666666667));
        var odd = Constant(0.15331674030163508);
        odd = FusedMultiplyAdd(odd, w, Constant(0.22222211115144158));
        odd = FusedMultiplyAdd(odd, w, Constant(0.3999999999989924));
        var p = FusedMultiplyAdd(odd, z, even);
        var halfSquare = Constant(0.5) * f * f;
        var low = FusedMultiplyAdd(s, FusedMultiplyAdd(p, z, halfSquare), FusedMultiplyAdd(k, Constant(Ln2Low), correction));
        return FusedMultiplyAdd(k, Constant(Ln2High), f - (halfSquare - low));
    }

    /// <summary>k ln 2 + ln(1 + f) + correction; the polynomial errs by 2^-31 of ln(1 + f).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LogReduced(Vector512<float> f, Vector512<float> k, Vector512<float> correction)
    {
        var s = f / (f + Constant(2.0f));
        var z = s * s;
        var p = Constant(0.233309641f);
        p = FusedMultiplyAdd(p, z, Constant(0.285508037f));
        p = FusedMultiplyAdd(p, z, Constant(0.400001228f));
        p = FusedMultiplyAdd(p, z, Constant(0.666666687f));
        var halfSquare = Constant(0.5f) * f * f;
        var low = FusedMultiplyAdd(s, FusedMultiplyAdd(p, z, halfSquare), FusedMultiplyAdd(k, Constant(Ln2LowSingle), correction));
        return FusedMultiplyAdd(k, Constant(Ln2HighSingle), f - (halfSquare - low));
    }
}
