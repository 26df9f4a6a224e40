using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <content>The logistic function and its integral, both from e^-|x|, which cannot overflow.</content>
internal static partial class VectorMath
{
    /// <summary>1 / (1 + e^-x); for negative x as e^x / (1 + e^x), which keeps relative accuracy down to subnormals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sigmoid<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var decay = Exp(-Vector512.Abs(x));
        var numerator = Vector512.ConditionalSelect(Vector512.LessThan(x, Constant<T>(0.0)), decay, Constant<T>(1.0));
        return numerator / (Constant<T>(1.0) + decay);
    }

    /// <summary>ln(1 + e^x) = max(x, 0) + ln(1 + e^-|x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Softplus<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var ramp = Vector512.ConditionalSelect(Vector512.LessThan(x, Constant<T>(0.0)), Constant<T>(0.0), x);
        return ramp + LogP1OfFraction(Exp(-Vector512.Abs(x)));
    }
}
