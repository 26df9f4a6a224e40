using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <content>
/// Reductions over the first axis of a row-major [rows, columns] block. A vector of columns goes down the rows; sums are pairwise
/// over blocks of 64 rows, so that a column's bits depend on its numbers and the count of rows alone, not on its place.
/// </content>
internal static partial class Reductions
{
    private const int RowBlock = 64;

    /// <summary>destination[c] = sum over rows of x[row, c]; zeros for a block without rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumColumns<T>(ReadOnlySpan<T> x, int rows, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var columns = destination.Length;
        RequireEqual(x.Length, checked(rows * columns));
        ref readonly var source = ref MemoryMarshal.GetReference(x);
        ref var target = ref MemoryMarshal.GetReference(destination);
        var column = 0;
        for (; column <= columns - Vector512<T>.Count; column += Vector512<T>.Count)
        {
            SumTile(in Unsafe.Add(ref Unsafe.AsRef(in source), column), 0, rows, columns, Vector512<T>.Count)
                .StoreUnsafe(ref target, (nuint)column);
        }

        if (column < columns)
        {
            var count = columns - column;
            var sum = SumTile(in Unsafe.Add(ref Unsafe.AsRef(in source), column), 0, rows, columns, count);
            PartialVector.Store(sum, ref Unsafe.Add(ref target, column), count);
        }
    }

    /// <summary>destination[c] = largest x[row, c]; NaN if the column has one, -infinity for a block without rows.</summary>
    [MethodImpl(Kernel)]
    public static void MaxColumns<T>(ReadOnlySpan<T> x, int rows, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireEqual(x.Length, checked(rows * destination.Length));
        destination.Fill(T.NegativeInfinity);
        for (var row = 0; row < rows; row++)
        {
            ElementwiseLoop.Binary<T, MaximumOperator>(
                destination, x.Slice(row * destination.Length, destination.Length), destination);
        }
    }

    private static Vector512<T> SumTile<T>(ref readonly T x, int start, int rows, int columns, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (rows <= RowBlock)
        {
            return SumTileBlock(in Unsafe.Add(ref Unsafe.AsRef(in x), (nint)start * columns), rows, columns, count);
        }

        var middle = Middle(rows);
        return SumTile(in x, start, middle, columns, count) + SumTile(in x, start + middle, rows - middle, columns, count);
    }

    [MethodImpl(Kernel)]
    private static Vector512<T> SumTileBlock<T>(ref readonly T x, int rows, int columns, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Two sums, of the even and the odd rows: additions take several cycles to finish.
        var (even, odd) = (Vector512<T>.Zero, Vector512<T>.Zero);
        for (var row = 0; row < rows; row++)
        {
            ref readonly var first = ref Unsafe.Add(ref Unsafe.AsRef(in x), (nint)row * columns);
            var terms = count == Vector512<T>.Count
                ? Vector512.LoadUnsafe(in first)
                : PartialVector.Load(in first, count, Vector512<T>.Zero);
            (even, odd) = (odd, even + terms);
        }

        return (rows & 1) == 0 ? even + odd : odd + even;
    }
}
