// Vector512 is used on every machine. Where the hardware has 256- or 128-bit registers the runtime splits each operation
// into halves, so the same source gives the same bits everywhere: each lane is its own chain of fused multiply-adds.
//
// FusedMultiplyAdd rather than MultiplyAddEstimate, because the latter rounds once or twice depending on the machine.
// A machine without FMA instructions (x64 before 2013) gets the correctly rounded software routine: right, but slow.

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>The operations on <see cref="Vector512{T}"/> that the framework offers per element type only.</summary>
internal static class WideVector
{
    /// <summary>a·b + c in every lane, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> FusedMultiplyAdd<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c)
    {
        if (typeof(T) == typeof(float))
        {
            return Vector512.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();
        }

        if (typeof(T) == typeof(double))
        {
            return Vector512.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();
        }

        throw new NotSupportedException($"Dense kernels exist for float and double, not for {typeof(T)}.");
    }

    /// <summary>The lanes in the opposite order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Reverse<T>(Vector512<T> v)
        where T : struct => Vector512.Create(ReverseHalf(v.GetUpper()), ReverseHalf(v.GetLower()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> ReverseHalf<T>(Vector256<T> v)
        where T : struct => typeof(T) == typeof(float)
            ? Vector256.Shuffle(v.AsSingle(), Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0)).As<float, T>()
            : Vector256.Shuffle(v.AsDouble(), Vector256.Create(3L, 2, 1, 0)).As<double, T>();

    /// <summary>The sum of all lanes by halving, an order that does not depend on the machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum<T>(Vector512<T> v)
        where T : struct
    {
        var half = v.GetLower() + v.GetUpper();
        var quarter = half.GetLower() + half.GetUpper();
        if (typeof(T) == typeof(float))
        {
            var q = quarter.AsSingle();
            q += Vector128.Shuffle(q, Vector128.Create(2, 3, 0, 1));
            return Unsafe.BitCast<float, T>(q.ToScalar() + q.GetElement(1));
        }

        var d = quarter.AsDouble();
        return Unsafe.BitCast<double, T>(d.ToScalar() + d.GetElement(1));
    }

    /// <summary>All bits set in the last <paramref name="count"/> lanes, clear in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LastLanes<T>(int count)
    {
        if (typeof(T) == typeof(float))
        {
            return Vector512.GreaterThanOrEqual(Vector512<int>.Indices, Vector512.Create(Vector512<int>.Count - count)).As<int, T>();
        }

        return Vector512.GreaterThanOrEqual(Vector512<long>.Indices, Vector512.Create((long)(Vector512<long>.Count - count))).As<long, T>();
    }
}
