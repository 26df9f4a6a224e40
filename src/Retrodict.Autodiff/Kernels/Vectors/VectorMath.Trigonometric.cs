using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace Retrodict.Autodiff.Kernels;

/// <content>
/// sin x and cos x. With k the integer nearest to x / (pi/2), r = x - k pi/2 is found with pi/2 in three parts of 33, 53 and
/// 53 bits (Cody and Waite, chapter 8; the exact products of the last two come from fused multiply-adds), so that r keeps all its
/// bits next to the zeros of either function. sin r or cos r follows by the quadrant. Single precision is computed in double.
/// Arguments beyond 2^20 go to the scalar functions lane by lane. The runtime's Vector512.Sin and Cos choose their path by the
/// largest argument of a vector, so that a lane's bits would depend on its neighbors.
/// </content>
internal static partial class VectorMath
{
    private const double LargestReducedAngle = 1048576.0;
    private const double TwoOverPi = 0.6366197723675814;
    private const double HalfPiHigh = 1.5707963267341256;
    private const double HalfPiMiddle = 6.077100506506192e-11;
    private const double HalfPiLow = 3.5215598651832e-27;

    /// <summary>The sine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sin<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var result = SinShifted(x, quadrants: 0);
        // Below 2^-27 (2^-13) the sine is x to the last bit; the sums in the reduction would lose the sign of -0.
        result = ConditionalSelect(LessThan(Vector512.Abs(x), SmallestReducedAngle<T>()), x, result);
        return GreaterThanAny(Vector512.Abs(x), Constant<T>(LargestReducedAngle))
            ? SinOfLarge(x, result)
            : result;
    }

    /// <summary>The cosine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Cos<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var result = SinShifted(x, quadrants: 1);
        return GreaterThanAny(Vector512.Abs(x), Constant<T>(LargestReducedAngle))
            ? CosOfLarge(x, result)
            : result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> SmallestReducedAngle<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
        => typeof(T) == typeof(float) ? Constant(1.2e-4f).As<float, T>() : Constant(7.4e-9).As<double, T>();

    /// <summary>sin(x + quadrants pi/2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> SinShifted<T>(Vector512<T> x, long quadrants)
        where T : unmanaged, IFloatingPointIeee754<T>
        => typeof(T) == typeof(float)
            ? Narrow(
                SinShiftedForSingle(WidenLower(x.As<T, float>()), quadrants),
                SinShiftedForSingle(WidenUpper(x.As<T, float>()), quadrants)).As<float, T>()
            : SinShiftedDouble(x.As<T, double>(), quadrants).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> SinShiftedDouble(Vector512<double> x, long quadrants)
    {
        var rounded = FusedMultiplyAdd(x, Constant(TwoOverPi), Constant(RoundDouble));
        var k = rounded - Constant(RoundDouble);
        var high = FusedMultiplyAdd(k, Constant(-HalfPiHigh), x); // Exact.
        var middle = k * Constant(HalfPiMiddle);
        var middleError = FusedMultiplyAdd(k, Constant(HalfPiMiddle), -middle);

        // high - middle and its rounding error (D. E. Knuth's two-sum, as either may be the larger).
        var sum = high - middle;
        var back = sum - high;
        var sumError = (high - (sum - back)) - (middle + back);
        var low = FusedMultiplyAdd(k, Constant(-HalfPiLow), sumError - middleError);
        var r = sum + low;
        low -= r - sum;

        var z = r * r;
        var s = Constant(-7.586584848459701e-13);
        s = FusedMultiplyAdd(s, z, Constant(1.605852971266686e-10));
        s = FusedMultiplyAdd(s, z, Constant(-2.5052106220409384e-08));
        s = FusedMultiplyAdd(s, z, Constant(2.7557319219304477e-06));
        s = FusedMultiplyAdd(s, z, Constant(-0.0001984126984126502));
        s = FusedMultiplyAdd(s, z, Constant(0.008333333333333331));
        s = FusedMultiplyAdd(s, z, Constant(-0.16666666666666666));
        var halfSquare = Constant(0.5) * z;
        var cosHead = Constant(1.0) - halfSquare;
        var sine = r + FusedMultiplyAdd(s * z, r, low * cosHead);

        var c = Constant(-1.1382468815622906e-11);
        c = FusedMultiplyAdd(c, z, Constant(2.087614399539584e-09));
        c = FusedMultiplyAdd(c, z, Constant(-2.75573172608136e-07));
        c = FusedMultiplyAdd(c, z, Constant(2.4801587298744625e-05));
        c = FusedMultiplyAdd(c, z, Constant(-0.0013888888888887382));
        c = FusedMultiplyAdd(c, z, Constant(0.041666666666666664));
        var cosTail = (Constant(1.0) - cosHead) - halfSquare;
        var cosine = cosHead + (cosTail + FusedMultiplyAdd(z * z, c, -(r * low)));
        return ByQuadrant(sine, cosine, rounded.As<double, long>() + Constant(quadrants));
    }

    /// <summary>The same with a double's reduction and a float's polynomials, which err by 2^-35 and 2^-40.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> SinShiftedForSingle(Vector512<double> x, long quadrants)
    {
        var rounded = FusedMultiplyAdd(x, Constant(TwoOverPi), Constant(RoundDouble));
        var k = rounded - Constant(RoundDouble);
        var r = FusedMultiplyAdd(k, Constant(-HalfPiMiddle), FusedMultiplyAdd(k, Constant(-HalfPiHigh), x));

        var z = r * r;
        var s = Constant(2.7249355979716364e-06);
        s = FusedMultiplyAdd(s, z, Constant(-0.00019840082336722707));
        s = FusedMultiplyAdd(s, z, Constant(0.00833333186656025));
        s = FusedMultiplyAdd(s, z, Constant(-0.16666666663834312));
        var sine = FusedMultiplyAdd(s * z, r, r);

        var c = Constant(-2.7300483611062784e-07);
        c = FusedMultiplyAdd(c, z, Constant(2.4800596705995074e-05));
        c = FusedMultiplyAdd(c, z, Constant(-0.0013888887665215047));
        c = FusedMultiplyAdd(c, z, Constant(0.0416666666643037));
        var cosine = FusedMultiplyAdd(z, FusedMultiplyAdd(c, z, Constant(-0.5)), Constant(1.0));
        return ByQuadrant(sine, cosine, rounded.As<double, long>() + Constant(quadrants));
    }

    /// <summary>Odd quadrants take the cosine; the third and fourth change the sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ByQuadrant(Vector512<double> sine, Vector512<double> cosine, Vector512<long> quadrant)
    {
        var even = Vector512.Equals(quadrant & Constant(1L), Constant(0L));
        var sign = (quadrant & Constant(2L)) << 62;
        return ConditionalSelect(even.As<long, double>(), sine, cosine) ^ sign.As<long, double>();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<T> SinOfLarge<T>(Vector512<T> x, Vector512<T> result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var lane = 0; lane < Vector512<T>.Count; lane++)
        {
            var angle = double.CreateTruncating(x[lane]);
            if (Math.Abs(angle) > LargestReducedAngle)
            {
                result = result.WithElement(lane, T.CreateTruncating(Math.Sin(angle)));
            }
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<T> CosOfLarge<T>(Vector512<T> x, Vector512<T> result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var lane = 0; lane < Vector512<T>.Count; lane++)
        {
            var angle = double.CreateTruncating(x[lane]);
            if (Math.Abs(angle) > LargestReducedAngle)
            {
                result = result.WithElement(lane, T.CreateTruncating(Math.Cos(angle)));
            }
        }

        return result;
    }
}
