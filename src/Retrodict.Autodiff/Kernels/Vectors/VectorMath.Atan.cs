using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace Retrodict.Autodiff.Kernels;

/// <content>
/// atan x. |x| above 2 becomes -1 / |x| beside pi/2, |x| from 1/2 to 2 becomes (|x| - 1) / (|x| + 1) beside pi/4; what is left
/// is at most 1/2 in magnitude, and atan t = t + t z p(z) with z = t^2 (three ranges as in Cephes, S. L. Moshier 1989, with
/// limits chosen so that both quotients have the same range).
/// </content>
internal static partial class VectorMath
{
    /// <summary>The inverse tangent, between -pi/2 and pi/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Atan<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => typeof(T) == typeof(float)
            ? AtanSingle(x.As<T, float>()).As<float, T>()
            : AtanDouble(x.As<T, double>()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> AtanDouble(Vector512<double> x)
    {
        var one = Constant(1.0);
        var magnitude = Vector512.Abs(x);
        var large = GreaterThan(magnitude, Constant(2.0));
        var small = LessThan(magnitude, Constant(0.5));
        var numerator = ConditionalSelect(large, Constant(-1.0), ConditionalSelect(small, magnitude, magnitude - one));
        var denominator = ConditionalSelect(large, magnitude, ConditionalSelect(small, one, magnitude + one));
        var t = numerator / denominator;

        var z = t * t;
        var p = Constant(-0.00921106350457545);
        p = FusedMultiplyAdd(p, z, Constant(0.024999689507439166));
        p = FusedMultiplyAdd(p, z, Constant(-0.038062247949910206));
        p = FusedMultiplyAdd(p, z, Constant(0.046278700864163934));
        p = FusedMultiplyAdd(p, z, Constant(-0.05240064154410491));
        p = FusedMultiplyAdd(p, z, Constant(0.05879573107799586));
        p = FusedMultiplyAdd(p, z, Constant(-0.06666435144143125));
        p = FusedMultiplyAdd(p, z, Constant(0.07692294677482633));
        p = FusedMultiplyAdd(p, z, Constant(-0.09090908618865388));
        p = FusedMultiplyAdd(p, z, Constant(0.11111111100881761));
        p = FusedMultiplyAdd(p, z, Constant(-0.1428571428559874));
        p = FusedMultiplyAdd(p, z, Constant(0.19999999999999485));
        p = FusedMultiplyAdd(p, z, Constant(-0.3333333333333333));

        // The constants' low parts: pi/4 = 0.785... + 3.06e-17, and pi/2 twice that.
        var high = ConditionalSelect(large, Constant(1.5707963267948966), AndNot(Constant(0.7853981633974483), small));
        var low = ConditionalSelect(large, Constant(6.123233995736766e-17), AndNot(Constant(3.061616997868383e-17), small));
        return WithSign(high + (t + FusedMultiplyAdd(t * z, p, low)), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AtanSingle(Vector512<float> x)
    {
        var one = Constant(1.0f);
        var magnitude = Vector512.Abs(x);
        var large = GreaterThan(magnitude, Constant(2.0f));
        var small = LessThan(magnitude, Constant(0.5f));
        var numerator = ConditionalSelect(large, Constant(-1.0f), ConditionalSelect(small, magnitude, magnitude - one));
        var denominator = ConditionalSelect(large, magnitude, ConditionalSelect(small, one, magnitude + one));
        var t = numerator / denominator;

        var z = t * t;
        var p = Constant(0.0422475003f);
        p = FusedMultiplyAdd(p, z, Constant(-0.0823497623f));
        p = FusedMultiplyAdd(p, z, Constant(0.11006777f));
        p = FusedMultiplyAdd(p, z, Constant(-0.142797932f));
        p = FusedMultiplyAdd(p, z, Constant(0.199998751f));
        p = FusedMultiplyAdd(p, z, Constant(-0.333333343f));

        // In single precision pi/4 and pi/2 lie below their roundings.
        var high = ConditionalSelect(large, Constant(1.5707963705062866f), AndNot(Constant(0.7853981852531433f), small));
        var low = ConditionalSelect(large, Constant(-4.371138828673793e-08f), AndNot(Constant(-2.1855694143368964e-08f), small));
        return WithSign(high + (t + FusedMultiplyAdd(t * z, p, low)), x);
    }
}
