using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace Retrodict.Autodiff.Kernels;

/// <content>
/// e^x. With k the integer nearest to x / ln 2 and r = x - k ln 2, |r| below 0.3475, e^x = 2^k e^r and
/// e^r = 1 + r + r^2 q(r). The product k ln 2 is subtracted in two parts of which the first is exact
/// (W. J. Cody and W. Waite, Software Manual for the Elementary Functions, 1980, chapter 6).
/// The runtime's own Vector512.Exp is not used: it gives 1.0000001f at 0 and errs by 2 ulp.
/// </content>
internal static partial class VectorMath
{
    private const double Log2OfE = 1.4426950408889634;
    private const double Ln2High = 0.6931471803691238; // 32 bits: k * Ln2High is exact for |k| < 2^20.
    private const double Ln2Low = 1.9082149292705877e-10;
    private const float Ln2HighSingle = 0.693145751953f; // 15 bits: exact for |k| < 2^9.
    private const float Ln2LowSingle = 1.428606765330187e-06f;

    /// <summary>e^x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Exp<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => typeof(T) == typeof(float)
            ? ExpSingle(x.As<T, float>()).As<float, T>()
            : ExpDouble(x.As<T, double>()).As<double, T>();

    [MethodImpl(Part)]
    private static Vector512<double> ExpDouble(Vector512<double> x)
    {
        // Beyond these limits the result has overflowed or vanished already. With the bound as the first operand
        // the native minimum and maximum let NaN through.
        x = MaxNative(Constant(-746.0), MinNative(Constant(710.0), x));
        var k = FusedMultiplyAdd(x, Constant(Log2OfE), Constant(RoundDouble)) - Constant(RoundDouble);
        var r = FusedMultiplyAdd(k, Constant(-Ln2Low), FusedMultiplyAdd(k, Constant(-Ln2High), x));
        return ScaleByPowerOfTwo(ExpM1Reduced(r) + Constant(1.0), k);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ExpSingle(Vector512<float> x)
    {
        x = MaxNative(Constant(-104.0f), MinNative(Constant(89.0f), x));
        var k = FusedMultiplyAdd(x, Constant((float)Log2OfE), Constant(RoundSingle)) - Constant(RoundSingle);
        var r = FusedMultiplyAdd(k, Constant(-Ln2LowSingle), FusedMultiplyAdd(k, Constant(-Ln2HighSingle), x));
        return ScaleByPowerOfTwo(ExpM1Reduced(r) + Constant(1.0f), k);
    }

    /// <summary>e^r - 1 for |r| below 0.3475; the polynomial errs by 2^-61 of e^r.</summary>
    /// <remarks>Even and odd powers are summed apart: half the latency of one chain, and r^2 is needed anyway.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ExpM1Reduced(Vector512<double> r)
    {
        var z = r * r;
        var even = Constant(2.091488256348507e-09);
        even = FusedMultiplyAdd(even, z, Constant(2.7557273171941026e-07));
        even = FusedMultiplyAdd(even, z, Constant(2.4801587325920163e-05));
        even = FusedMultiplyAdd(even, z, Constant(0.0013888888888883642));
        even = FusedMultiplyAdd(even, z, Constant(0.04166666666666667));
        even = FusedMultiplyAdd(even, z, Constant(0.5));
        var odd = Constant(2.5105490906986696e-08);
        odd = FusedMultiplyAdd(odd, z, Constant(2.7557254740405416e-06));
        odd = FusedMultiplyAdd(odd, z, Constant(0.00019841269875342141));
        odd = FusedMultiplyAdd(odd, z, Constant(0.008333333333325985));
        odd = FusedMultiplyAdd(odd, z, Constant(0.1666666666666667));
        return FusedMultiplyAdd(z, FusedMultiplyAdd(odd, r, even), r);
    }

    /// <summary>e^r - 1 for |r| below 0.3475; the polynomial errs by 2^-30 of e^r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ExpM1Reduced(Vector512<float> r)
    {
        var z = r * r;
        var even = Constant(0.00139338814f);
        even = FusedMultiplyAdd(even, z, Constant(0.041666463f));
        even = FusedMultiplyAdd(even, z, Constant(0.5f));
        var odd = Constant(0.000198912472f);
        odd = FusedMultiplyAdd(odd, z, Constant(0.00833331048f));
        odd = FusedMultiplyAdd(odd, z, Constant(0.166666672f));
        return FusedMultiplyAdd(z, FusedMultiplyAdd(odd, r, even), r);
    }

    /// <summary>
    /// x * 2^k in two steps, for k beyond the exponents of normal numbers: the first product is exact, so subnormal
    /// results are rounded once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ScaleByPowerOfTwo(Vector512<double> x, Vector512<double> k)
    {
        var half = FusedMultiplyAdd(k, Constant(0.5), Constant(RoundDouble)) - Constant(RoundDouble);
        return x * PowerOfTwoDouble(half) * PowerOfTwoDouble(k - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ScaleByPowerOfTwo(Vector512<float> x, Vector512<float> k)
    {
        var half = FusedMultiplyAdd(k, Constant(0.5f), Constant(RoundSingle)) - Constant(RoundSingle);
        return x * PowerOfTwoSingle(half) * PowerOfTwoSingle(k - half);
    }
}
