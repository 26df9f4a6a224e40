using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <content>Functions that are exact or one correctly rounded operation.</content>
internal static partial class VectorMath
{
    /// <summary>|x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Abs<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Vector512.Abs(x);

    /// <summary>-1, 0 or 1; +0 for both zeros, NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sign<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // What is neither positive nor negative is a zero or NaN: adding +0 keeps NaN and makes -0 positive.
        var rest = x + Constant<T>(0.0);
        var negative = Vector512.ConditionalSelect(Vector512.LessThan(x, Constant<T>(0.0)), -Constant<T>(1.0), rest);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(x, Constant<T>(0.0)), Constant<T>(1.0), negative);
    }

    /// <summary>The square root, correctly rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sqrt<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Vector512.Sqrt(x);

    /// <summary>1 / x, correctly rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Reciprocal<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Constant<T>(1.0) / x;

    /// <summary>The largest integer that is not above x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Floor<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => typeof(T) == typeof(float)
            ? Vector512.Floor(x.As<T, float>()).As<float, T>()
            : Vector512.Floor(x.As<T, double>()).As<double, T>();

    /// <summary>IEEE 754-2019 minimum: NaN wins, and -0 is below +0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Minimum<T>(Vector512<T> x, Vector512<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Vector512.Min(x, y);

    /// <summary>IEEE 754-2019 maximum: NaN wins, and +0 is above -0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Maximum<T>(Vector512<T> x, Vector512<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Vector512.Max(x, y);
}
