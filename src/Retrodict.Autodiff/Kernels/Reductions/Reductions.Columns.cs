using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <content>
/// Reductions over the first axis of a row-major [rows, columns] block, or of some of its columns. A vector of columns goes down the rows;
/// sums are pairwise over blocks of 64 rows, so that a column's bits depend on its numbers and the count of rows alone, not on its place.
/// </content>
internal static partial class Reductions
{
    private const int RowBlock = 64;

    /// <summary>How many columns are summed side by side; blocks of so many lose nothing by being summed on their own.</summary>
    public static int ColumnStrip<T>() => 4 * Vector512<T>.Count;

    /// <summary>destination[c] = sum over rows of x[row, c]; zeros for a block without rows.</summary>
    /// <param name="x">From the first row's first element to the last one's last.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="stride">From one row to the next, at least the length of the destination.</param>
    /// <param name="destination">As long as a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumColumns<T>(ReadOnlySpan<T> x, int rows, int stride, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var columns = destination.Length;
        RequireRows(x.Length, rows, stride, columns);
        ref readonly var source = ref MemoryMarshal.GetReference(x);
        ref var target = ref MemoryMarshal.GetReference(destination);
        var column = 0;
        for (; column <= columns - (4 * Vector512<T>.Count); column += 4 * Vector512<T>.Count)
        {
            SumStrip(in Unsafe.Add(ref Unsafe.AsRef(in source), column), rows, stride).Store(ref Unsafe.Add(ref target, column));
        }

        for (; column <= columns - Vector512<T>.Count; column += Vector512<T>.Count)
        {
            SumTile(in Unsafe.Add(ref Unsafe.AsRef(in source), column), 0, rows, stride, Vector512<T>.Count)
                .StoreUnsafe(ref target, (nuint)column);
        }

        if (column < columns)
        {
            var count = columns - column;
            var sum = SumTile(in Unsafe.Add(ref Unsafe.AsRef(in source), column), 0, rows, stride, count);
            PartialVector.Store(sum, ref Unsafe.Add(ref target, column), count);
        }
    }

    /// <summary>destination[c] = largest x[row, c]; NaN if the column has one, -infinity for a block without rows.</summary>
    [MethodImpl(Kernel)]
    public static void MaxColumns<T>(ReadOnlySpan<T> x, int rows, int stride, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireRows(x.Length, rows, stride, destination.Length);
        destination.Fill(T.NegativeInfinity);
        for (var row = 0; row < rows; row++)
        {
            ElementwiseLoop.Binary<T, MaximumOperator>(
                destination, x.Slice(row * stride, destination.Length), destination);
        }
    }

    private static void RequireRows(int length, int rows, int stride, int columns) =>
        RequireEqual(length, rows == 0 ? 0 : checked(((rows - 1) * stride) + columns));

    /// <summary>
    /// The sums of four neighboring vectors of columns, each as <see cref="SumTile"/> has it: whole cache lines side by side come faster
    /// than one a row.
    /// </summary>
    private static Strip<T> SumStrip<T>(ref readonly T x, int rows, int stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (rows <= RowBlock)
        {
            SumStripBlock(in x, rows, stride, out var sum);
            return sum;
        }

        var middle = Middle(rows);
        var upper = SumStrip(in x, middle, stride);
        var lower = SumStrip(in Unsafe.Add(ref Unsafe.AsRef(in x), (nint)middle * stride), rows - middle, stride);
        return new Strip<T>(upper.A + lower.A, upper.B + lower.B, upper.C + lower.C, upper.D + lower.D);
    }

    [MethodImpl(Kernel)]
    private static void SumStripBlock<T>(ref readonly T x, int rows, int stride, out Strip<T> sum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var width = (nuint)Vector512<T>.Count;
        var (a, b, c, d) = (Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero);
        var (e, f, g, h) = (Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero);
        ref readonly var even = ref x;
        var row = 0;
        for (; row + 2 <= rows; row += 2)
        {
            ref readonly var odd = ref Unsafe.Add(ref Unsafe.AsRef(in even), stride);
            a += Vector512.LoadUnsafe(in even);
            b += Vector512.LoadUnsafe(in even, width);
            c += Vector512.LoadUnsafe(in even, 2 * width);
            d += Vector512.LoadUnsafe(in even, 3 * width);
            e += Vector512.LoadUnsafe(in odd);
            f += Vector512.LoadUnsafe(in odd, width);
            g += Vector512.LoadUnsafe(in odd, 2 * width);
            h += Vector512.LoadUnsafe(in odd, 3 * width);
            even = ref Unsafe.Add(ref Unsafe.AsRef(in odd), stride);
        }

        if (row < rows)
        {
            a += Vector512.LoadUnsafe(in even);
            b += Vector512.LoadUnsafe(in even, width);
            c += Vector512.LoadUnsafe(in even, 2 * width);
            d += Vector512.LoadUnsafe(in even, 3 * width);
        }

        sum = new Strip<T>(a + e, b + f, c + g, d + h);
    }

    private static Vector512<T> SumTile<T>(ref readonly T x, int start, int rows, int stride, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (rows <= RowBlock)
        {
            return SumTileBlock(in Unsafe.Add(ref Unsafe.AsRef(in x), (nint)start * stride), rows, stride, count);
        }

        var middle = Middle(rows);
        return SumTile(in x, start, middle, stride, count) + SumTile(in x, start + middle, rows - middle, stride, count);
    }

    [MethodImpl(Kernel)]
    private static Vector512<T> SumTileBlock<T>(ref readonly T x, int rows, int stride, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Two sums, of the even and the odd rows: additions take several cycles to finish.
        var (even, odd) = (Vector512<T>.Zero, Vector512<T>.Zero);
        for (var row = 0; row < rows; row++)
        {
            ref readonly var first = ref Unsafe.Add(ref Unsafe.AsRef(in x), (nint)row * stride);
            var terms = count == Vector512<T>.Count
                ? Vector512.LoadUnsafe(in first)
                : PartialVector.Load(in first, count, Vector512<T>.Zero);
            (even, odd) = (odd, even + terms);
        }

        return (rows & 1) == 0 ? even + odd : odd + even;
    }

    private readonly record struct Strip<T>(Vector512<T> A, Vector512<T> B, Vector512<T> C, Vector512<T> D)
        where T : unmanaged
    {
        public void Store(ref T target)
        {
            var width = (nuint)Vector512<T>.Count;
            A.StoreUnsafe(ref target);
            B.StoreUnsafe(ref target, width);
            C.StoreUnsafe(ref target, 2 * width);
            D.StoreUnsafe(ref target, 3 * width);
        }
    }
}
