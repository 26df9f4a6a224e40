using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>
/// Sums, inner products and maxima in an order that depends on the length alone, so that the same numbers give the same bits on
/// every machine, thread and address.
/// </summary>
/// <remarks>
/// Spans are halved down to blocks of at most 1024 elements (pairwise summation, whose error grows like log n: N. J. Higham,
/// SIAM J. Sci. Comput. 14(4), 1993). A block is summed in four vectors and those in a fixed tree.
/// </remarks>
internal static partial class Reductions
{
    private const int Block = 1024;
    private const MethodImplOptions Kernel = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>The sum; +0 for an empty span.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Length <= Block)
        {
            return SumBlock(in MemoryMarshal.GetReference(x), x.Length);
        }

        var middle = Middle(x.Length);
        return Sum(x[..middle]) + Sum(x[middle..]);
    }

    /// <summary>The inner product, with each product fused into its sum.</summary>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireEqual(x.Length, y.Length);
        if (x.Length <= Block)
        {
            return DotBlock(in MemoryMarshal.GetReference(x), in MemoryMarshal.GetReference(y), x.Length);
        }

        var middle = Middle(x.Length);
        return Dot(x[..middle], y[..middle]) + Dot(x[middle..], y[middle..]);
    }

    /// <summary>The largest element; NaN if there is one, -infinity for an empty span.</summary>
    [MethodImpl(Kernel)]
    public static T Max<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref readonly var source = ref MemoryMarshal.GetReference(x);
        var width = Vector512<T>.Count;
        var lowest = Vector512.Create(T.NegativeInfinity);
        var (a, b) = (lowest, lowest);
        var i = 0;
        for (; i <= x.Length - (2 * width); i += 2 * width)
        {
            a = Vector512.Max(a, Vector512.LoadUnsafe(in source, (nuint)i));
            b = Vector512.Max(b, Vector512.LoadUnsafe(in source, (nuint)(i + width)));
        }

        for (; i < x.Length; i += width)
        {
            a = Vector512.Max(a, LoadUpTo(in source, i, x.Length, lowest));
        }

        var eight = Vector512.Max(a, b);
        var four = Vector256.Max(eight.GetLower(), eight.GetUpper());
        var two = Vector128.Max(four.GetLower(), four.GetUpper());
        var largest = two[0];
        for (var lane = 1; lane < Vector128<T>.Count; lane++)
        {
            largest = T.Max(largest, two[lane]);
        }

        return largest;
    }

    /// <summary>y[i] += alpha * x[i], each rounded once.</summary>
    [MethodImpl(Kernel)]
    public static void AddScaled<T>(T alpha, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireEqual(x.Length, y.Length);
        ref readonly var source = ref MemoryMarshal.GetReference(x);
        ref var target = ref MemoryMarshal.GetReference(y);
        var width = Vector512<T>.Count;
        var factor = Vector512.Create(alpha);
        var i = 0;
        for (; i <= y.Length - width; i += width)
        {
            VectorMath.Fused(factor, Vector512.LoadUnsafe(in source, (nuint)i), Vector512.LoadUnsafe(in target, (nuint)i))
                .StoreUnsafe(ref target, (nuint)i);
        }

        if (i < y.Length)
        {
            var count = y.Length - i;
            ref var rest = ref Unsafe.Add(ref target, i);
            var terms = PartialVector.Load(in Unsafe.Add(ref Unsafe.AsRef(in source), i), count, Vector512<T>.One);
            PartialVector.Store(
                VectorMath.Fused(factor, terms, PartialVector.Load(in rest, count, Vector512<T>.One)), ref rest, count);
        }
    }

    [MethodImpl(Kernel)]
    private static T SumBlock<T>(ref readonly T x, int length)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var width = Vector512<T>.Count;
        var (a, b, c, d) = (Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero);
        var i = 0;
        for (; i <= length - (4 * width); i += 4 * width)
        {
            a += Vector512.LoadUnsafe(in x, (nuint)i);
            b += Vector512.LoadUnsafe(in x, (nuint)(i + width));
            c += Vector512.LoadUnsafe(in x, (nuint)(i + (2 * width)));
            d += Vector512.LoadUnsafe(in x, (nuint)(i + (3 * width)));
        }

        for (; i < length; i += width)
        {
            a += LoadUpTo(in x, i, length, Vector512<T>.Zero);
        }

        return SumLanes((a + b) + (c + d));
    }

    [MethodImpl(Kernel)]
    private static T DotBlock<T>(ref readonly T x, ref readonly T y, int length)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var width = Vector512<T>.Count;
        var (a, b, c, d) = (Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero);
        var i = 0;
        for (; i <= length - (4 * width); i += 4 * width)
        {
            a = VectorMath.Fused(Vector512.LoadUnsafe(in x, (nuint)i), Vector512.LoadUnsafe(in y, (nuint)i), a);
            b = VectorMath.Fused(
                Vector512.LoadUnsafe(in x, (nuint)(i + width)), Vector512.LoadUnsafe(in y, (nuint)(i + width)), b);
            c = VectorMath.Fused(
                Vector512.LoadUnsafe(in x, (nuint)(i + (2 * width))), Vector512.LoadUnsafe(in y, (nuint)(i + (2 * width))), c);
            d = VectorMath.Fused(
                Vector512.LoadUnsafe(in x, (nuint)(i + (3 * width))), Vector512.LoadUnsafe(in y, (nuint)(i + (3 * width))), d);
        }

        for (; i < length; i += width)
        {
            var left = LoadUpTo(in x, i, length, Vector512<T>.Zero);
            a = VectorMath.Fused(left, LoadUpTo(in y, i, length, Vector512<T>.Zero), a);
        }

        return SumLanes((a + b) + (c + d));
    }

    /// <summary>The sum of all lanes by halving; Vector512.Sum leaves its order open.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SumLanes<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var half = x.GetLower() + x.GetUpper();
        var quarter = half.GetLower() + half.GetUpper();
        return typeof(T) == typeof(float) ? (quarter[0] + quarter[2]) + (quarter[1] + quarter[3]) : quarter[0] + quarter[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> LoadUpTo<T>(ref readonly T x, int start, int length, Vector512<T> padding)
        where T : unmanaged, IFloatingPointIeee754<T>
        => length - start >= Vector512<T>.Count
            ? Vector512.LoadUnsafe(in x, (nuint)start)
            : PartialVector.Load(in Unsafe.Add(ref Unsafe.AsRef(in x), start), length - start, padding);

    /// <summary>The largest power of two below a length: a whole number of blocks, and at least half of it.</summary>
    public static int Middle(int length) => (int)(BitOperations.RoundUpToPowerOf2((uint)length) >> 1);

    private static void RequireEqual(int x, int y)
    {
        if (x != y)
        {
            ThrowLengths(x, y);
        }
    }

    [DoesNotReturn]
    private static void ThrowLengths(int x, int y) => throw new ArgumentException($"Spans of {x} and {y} elements do not match.");
}
