// C (+)= A B for operands with any strides. Sizes decide the form, in this order:
//     k = 0                     zeros, or nothing to add;
//     m or n = 1                matrix times vector (MatrixVector);
//     all at most 8             plain loops (TinyProduct);
//     otherwise                 packed panels and register tiles (BlockedProduct).
// A result stored by columns is computed as its transpose, C' = B' A', which costs nothing.
//
// Each element is a sum in the order of p by fused multiply-adds, in passes of at most 256 terms (lane by lane for dot
// products), so |C - AB| <= gamma_k |A| |B| element by element (Higham, "Accuracy and Stability of Numerical Algorithms",
// 2nd ed., section 3.5). Bits depend on sizes and strides, never on threads.

using System.Numerics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>The dense matrix product for float and double.</summary>
internal static unsafe class MatrixProduct
{
    /// <summary>
    /// Elements of scratch that
    /// <see cref="Multiply{T}(int, int, int, StridedMatrix{T}, StridedMatrix{T}, StridedMatrix{T}, bool, Span{T})"/> or one part of it
    /// needs for these sizes, whatever the strides.
    /// </summary>
    public static int ScratchLength<T>(int m, int n, int k)
        where T : unmanaged
    {
        if (m <= 0 || n <= 0 || k <= 0)
        {
            return 0;
        }

        if (m == 1 || n == 1)
        {
            return MatrixVector.ScratchLength(k);
        }

        return IsTiny(m, n, k)
            ? 0
            : Math.Max(BlockedProduct.ScratchLength<T>(m, n, k), BlockedProduct.ScratchLength<T>(n, m, k));
    }

    /// <summary>The number of independent parts of a product of these sizes, from 1 to 64.</summary>
    public static int Parts(int m, int n, int k) => ProductPartition.For(m, n, k).Count;

    /// <summary>The rows and columns of C that a part computes.</summary>
    public static (Range Rows, Range Columns) PartRanges(int part, int m, int n, int k)
    {
        var partition = ProductPartition.For(m, n, k);
        return (partition.Rows(part, m), partition.Columns(part, n));
    }

    /// <summary>C = A B, or C += A B.</summary>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A and rows of B.</param>
    /// <param name="a">The left factor, m x k.</param>
    /// <param name="b">The right factor, k x n.</param>
    /// <param name="c">The result, m x n; must not overlap the factors.</param>
    /// <param name="accumulate">Add to C instead of replacing it.</param>
    /// <param name="scratch">At least <see cref="ScratchLength{T}"/> elements.</param>
    public static void Multiply<T>(
        int m, int n, int k, StridedMatrix<T> a, StridedMatrix<T> b, StridedMatrix<T> c, bool accumulate, Span<T> scratch)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Multiply(m, n, k, a, b, c, accumulate ? ProductUpdate.Add : ProductUpdate.Replace, scratch);

    /// <summary>C is updated with A B.</summary>
    public static void Multiply<T>(
        int m, int n, int k, StridedMatrix<T> a, StridedMatrix<T> b, StridedMatrix<T> c, ProductUpdate update, Span<T> scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckSizes(m, n, k);
        Block(m, n, k, 0..m, 0..n, a, b, c, update, scratch);
    }

    /// <summary>Computes one of the <see cref="Parts"/> of a product: a block of C that no other part touches.</summary>
    /// <param name="part">The part, from 0.</param>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A and rows of B.</param>
    /// <param name="a">The whole left factor.</param>
    /// <param name="b">The whole right factor.</param>
    /// <param name="c">The whole result.</param>
    /// <param name="update">What to do with the previous C.</param>
    /// <param name="scratch">At least <see cref="ScratchLength{T}"/> elements, this part's own.</param>
    public static void MultiplyPart<T>(
        int part, int m, int n, int k, StridedMatrix<T> a, StridedMatrix<T> b, StridedMatrix<T> c, ProductUpdate update,
        Span<T> scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckSizes(m, n, k);
        var partition = ProductPartition.For(m, n, k);
        if ((uint)part >= (uint)partition.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(part), part, $"A product of {m} x {n} x {k} has {partition.Count} parts.");
        }

        Block(m, n, k, partition.Rows(part, m), partition.Columns(part, n), a, b, c, update, scratch);
    }

    /// <summary>A block of C in the form that the sizes of the WHOLE product decide.</summary>
    private static void Block<T>(
        int m, int n, int k, Range rows, Range columns, StridedMatrix<T> a, StridedMatrix<T> b, StridedMatrix<T> c,
        ProductUpdate update, Span<T> scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (m == 0 || n == 0)
        {
            return;
        }

        if (k == 0)
        {
            Empty(rows, columns, c, update);
            return;
        }

        if (m > 1 && n > 1 && IsTiny(m, n, k))
        {
            TinyProduct.Multiply(m, n, k, a, b, c, update);
            return;
        }

        // One row, or a result stored by columns: compute the transpose.
        if (n > 1 && (m == 1 || (c.ColumnStride != 1 && c.RowStride == 1)))
        {
            (a, b, c) = (b.Transposed, a.Transposed, c.Transposed);
            (m, n) = (n, m);
            (rows, columns) = (columns, rows);
        }

        if (n == 1)
        {
            CheckScratch(scratch, MatrixVector.ScratchLength(k), m, n, k);
            var (first, last) = (rows.Start.Value, rows.End.Value);
            fixed (T* s = scratch)
            {
                MatrixVector.Multiply(
                    last - first, k, a.From(first, 0), b.Data, b.RowStride, c.At(first, 0), c.RowStride, update, s);
            }

            return;
        }

        CheckScratch(scratch, BlockedProduct.ScratchLength<T>(m, n, k), m, n, k);
        fixed (T* s = scratch)
        {
            BlockedProduct.Run(rows, columns, k, a, b, c, update, upperOnly: false, s);
        }
    }

    private static bool IsTiny(int m, int n, int k) => Math.Max(m, Math.Max(n, k)) <= TinyProduct.MaximumSize;

    private static void Empty<T>(Range rows, Range columns, StridedMatrix<T> c, ProductUpdate update)
        where T : unmanaged
    {
        if (update != ProductUpdate.Replace)
        {
            return;
        }

        for (var i = rows.Start.Value; i < rows.End.Value; i++)
        {
            for (var j = columns.Start.Value; j < columns.End.Value; j++)
            {
                *c.At(i, j) = default;
            }
        }
    }

    private static void CheckSizes(int m, int n, int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
    }

    private static void CheckScratch<T>(Span<T> scratch, int needed, int m, int n, int k)
    {
        if (scratch.Length < needed)
        {
            throw new ArgumentException(
                $"A product of {m} x {n} x {k} needs {needed} elements of scratch, got {scratch.Length}.", nameof(scratch));
        }
    }
}
