using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace Retrodict.Autodiff.Kernels;

/// <content>
/// x^y = e^(y ln |x|) with the sign and the special values of IEEE 754 (C's pow) put on afterwards. In double the logarithm and
/// its product with y are sums of two doubles, since an absolute error in the exponent is a relative one in the result: with the
/// notation of ln x, ln(1 + f) = 2 s + 2/3 s^3 + s^5 t(s^2), where the first two terms carry a low part and t does not need one
/// (the scheme of SLEEF's pow, N. Shibata and F. Petrogalli, IEEE TPDS 31(6), 2020). In single precision a double has bits to spare.
/// </content>
internal static unsafe partial class VectorMath
{
    // Where vectors come in halves, every operation is itself an inlined method and the whole of a power exceeds what the JIT
    // is ready to inline into one loop. There its parts are called through pointers, which are not inlined: each part then is a
    // method compiled for itself, with an inlining budget of its own, and skips the first tier like the loops.
    private const MethodImplOptions Part = MethodImplOptions.AggressiveInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>x to the power y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Power<T>(Vector512<T> x, Vector512<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        => WithPowerSpecials(x, y, PowerOfMagnitude(Vector512.Abs(x), y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> PowerOfMagnitude<T>(Vector512<T> x, Vector512<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        => typeof(T) == typeof(float)
            ? Narrow(
                PowerForSingle(WidenLower(x.As<T, float>()), WidenLower(y.As<T, float>())),
                PowerForSingle(WidenUpper(x.As<T, float>()), WidenUpper(y.As<T, float>()))).As<float, T>()
            : PowerDouble(x.As<T, double>(), y.As<T, double>()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> PowerForSingle(Vector512<double> x, Vector512<double> y)
        => Vector512.IsHardwareAccelerated
            ? ExpDouble(BoundedExponent(y) * LogDouble(x))
            : CallApart(&ExpDouble, BoundedExponent(y) * CallApart(&LogDouble, x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> PowerDouble(Vector512<double> x, Vector512<double> y)
    {
        Vector512<double> logHigh, logLow, result;
        if (Vector512.IsHardwareAccelerated)
        {
            LogPair(x, out logHigh, out logLow);
            result = ExpOfProduct(BoundedExponent(y), logHigh, logLow);
        }
        else
        {
            delegate*<Vector512<double>, out Vector512<double>, out Vector512<double>, void> logPair = &LogPair;
            delegate*<Vector512<double>, Vector512<double>, Vector512<double>, Vector512<double>> expOfProduct = &ExpOfProduct;
            logPair(x, out logHigh, out logLow);
            result = expOfProduct(BoundedExponent(y), logHigh, logLow);
        }

        // Zero, infinity and NaN have no logarithm that can be split in two.
        var infinity = Constant(double.PositiveInfinity);
        var towardsInfinity = Vector512.Equals(
            GreaterThan(y, Constant(0.0)).As<double, long>(), Vector512.Equals(x, infinity).As<double, long>());
        var limit = infinity & towardsInfinity.As<long, double>();
        var atLimit = Vector512.Equals(x, Constant(0.0)) | Vector512.Equals(x, infinity);
        var known = Vector512.Equals(x, x) & Vector512.Equals(y, y);
        return ConditionalSelect(known, ConditionalSelect(atLimit, limit, result), Constant(double.NaN));
    }

    private static Vector512<double> CallApart(delegate*<Vector512<double>, Vector512<double>> part, Vector512<double> x)
        => part(x);

    /// <summary>e^(y (high + low)).</summary>
    [MethodImpl(Part)]
    private static Vector512<double> ExpOfProduct(Vector512<double> y, Vector512<double> logHigh, Vector512<double> logLow)
    {
        var high = y * logHigh;
        var low = FusedMultiplyAdd(y, logHigh, -high) + y * logLow;

        // Out here the result has overflowed or vanished, and the low part would reach beyond the bound.
        low = ConditionalSelect(GreaterThan(Vector512.Abs(high), Constant(800.0)), Constant(0.0), low);
        high = MaxNative(Constant(-800.0), MinNative(Constant(800.0), high));
        var k = FusedMultiplyAdd(high, Constant(Log2OfE), Constant(RoundDouble)) - Constant(RoundDouble);
        var r = FusedMultiplyAdd(k, Constant(-Ln2Low), FusedMultiplyAdd(k, Constant(-Ln2High), high)) + low;
        return ScaleByPowerOfTwo(ExpM1Reduced(r) + Constant(1.0), k);
    }

    /// <summary>ln x as a sum of two doubles, to about 2^-65, for positive finite x.</summary>
    [MethodImpl(Part)]
    private static void LogPair(Vector512<double> x, out Vector512<double> high, out Vector512<double> low)
    {
        SplitNormalized(x, out var k, out var m);
        var one = Constant(1.0);
        var f = m - one;
        var d = m + one;
        var dLow = m - (d - one);
        var inverse = one / d;
        var s = f * inverse;
        var sLow = FusedMultiplyAdd(-s, dLow, FusedMultiplyAdd(-s, d, f)) * inverse;

        var z = s * s;
        var zLow = FusedMultiplyAdd(s, s, -z) + (s + s) * sLow;
        var t = Constant(0.11723603665665722);
        t = FusedMultiplyAdd(t, z, Constant(0.11706195685161226));
        t = FusedMultiplyAdd(t, z, Constant(0.13334806212309006));
        t = FusedMultiplyAdd(t, z, Constant(0.15384594934593232));
        t = FusedMultiplyAdd(t, z, Constant(0.18181818335654215));
        t = FusedMultiplyAdd(t, z, Constant(0.22222222221654733));
        t = FusedMultiplyAdd(t, z, Constant(0.2857142857142937));
        t = FusedMultiplyAdd(t, z, Constant(0.4));

        var cube = z * s;
        var cubeLow = FusedMultiplyAdd(z, s, -cube) + FusedMultiplyAdd(z, sLow, zLow * s);
        const double TwoThirds = 0.6666666666666666, TwoThirdsLow = 3.700743415417188e-17;
        var third = cube * Constant(TwoThirds);
        var thirdLow = FusedMultiplyAdd(cube, Constant(TwoThirds), -third)
            + FusedMultiplyAdd(cube, Constant(TwoThirdsLow), cubeLow * Constant(TwoThirds));

        // Each head is no smaller than what is added to it, so that fast two-sums (T. J. Dekker, 1971) are exact.
        var whole = k * Constant(Ln2High);
        var twice = s + s;
        var first = whole + twice;
        var firstError = twice - (first - whole);
        var second = first + third;
        var secondError = third - (second - first);
        var tail = FusedMultiplyAdd(cube * z, t, thirdLow) + FusedMultiplyAdd(k, Constant(Ln2Low), sLow + sLow);
        tail += firstError + secondError;
        high = second + tail;
        low = tail - (high - second);
    }

    /// <summary>
    /// y within 2^80: no representable |x| but 1 has so small a logarithm that its power is then neither zero nor infinite,
    /// and 1 gets the exponent 0 instead of infinity times 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> BoundedExponent(Vector512<double> y)
        => MaxNative(Constant(-1.2089258196146292e24), MinNative(Constant(1.2089258196146292e24), y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> WithPowerSpecials<T>(Vector512<T> x, Vector512<T> y, Vector512<T> magnitude)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var half = y * Constant<T>(0.5);
        var integral = Vector512.Equals(Floor(y), y);
        var odd = AndNot(integral, Vector512.Equals(Floor(half), half));
        var result = magnitude | (odd & x & Constant<T>(-0.0));

        // A negative base has no real power of a broken exponent, but -infinity counts as infinity there.
        var undefined = AndNot(LessThan(x, Constant<T>(0.0)) & GreaterThan(x, Constant<T>(double.NegativeInfinity)), integral);
        result = ConditionalSelect(undefined, Constant<T>(double.NaN), result);
        var one = Vector512.Equals(x, Constant<T>(1.0)) | Vector512.Equals(y, Constant<T>(0.0));
        return ConditionalSelect(one, Constant<T>(1.0), result);
    }
}
