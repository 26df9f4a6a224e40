// G = A'A costs half a product: tiles below the diagonal are skipped and mirrored afterwards. Tiles across the diagonal are
// symmetric to the bit by themselves, because a_pi a_pj and a_pj a_pi round alike and are summed in the same order.

using System.Numerics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>Products whose result is symmetric.</summary>
internal static unsafe class SymmetricProduct
{
    /// <summary>Elements of scratch for an n x n result of m-term sums.</summary>
    public static int ScratchLength<T>(int m, int n)
        where T : unmanaged => m <= 0 || n <= 0 ? 0 : BlockedProduct.ScratchLength<T>(n, n, m);

    /// <summary>G = A'A (or G += A'A) for a row-major A; the whole of G is written, symmetric to the bit if it was before.</summary>
    /// <param name="m">Rows of A.</param>
    /// <param name="n">Columns of A; G is n x n.</param>
    /// <param name="a">A, m x n, row-major.</param>
    /// <param name="g">G, n x n, row-major; only its upper triangle is read when accumulating.</param>
    /// <param name="accumulate">Add to G instead of replacing it.</param>
    /// <param name="scratch">At least <see cref="ScratchLength{T}"/> elements.</param>
    public static void Gram<T>(int m, int n, ReadOnlySpan<T> a, Span<T> g, bool accumulate, Span<T> scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (a.Length != (long)m * n)
        {
            throw new ArgumentException($"A has {a.Length} elements, not {m} x {n}.", nameof(a));
        }

        if (g.Length != (long)n * n)
        {
            throw new ArgumentException($"G has {g.Length} elements, not {n} x {n}.", nameof(g));
        }

        fixed (T* pa = a, pg = g)
        {
            var A = new StridedMatrix<T>(pa, n, 1);
            var G = new StridedMatrix<T>(pg, n, 1);
            UpdateUpper(n, m, A.Transposed, A, G, accumulate ? ProductUpdate.Add : ProductUpdate.Replace, scratch);
            TriangleMirror.UpperToLower(0..n, G, clear: false);
        }
    }

    /// <summary>Updates the upper triangle of C, n x n with contiguous rows, with A B where A B is symmetric.</summary>
    /// <remarks>Elements below the diagonal may or may not be updated.</remarks>
    public static void UpdateUpper<T>(
        int n, int k, StridedMatrix<T> a, StridedMatrix<T> b, StridedMatrix<T> c, ProductUpdate update, Span<T> scratch)
        where T : unmanaged, IFloatingPointIeee754<T> => UpdateUpper(0..n, n, k, a, b, c, update, scratch);

    /// <summary>Updates some columns of the upper triangle of C, n x n with contiguous rows, with A B where A B is symmetric.</summary>
    /// <remarks>Elements of these columns below the diagonal may or may not be updated.</remarks>
    public static void UpdateUpper<T>(
        Range columns, int n, int k, StridedMatrix<T> a, StridedMatrix<T> b, StridedMatrix<T> c, ProductUpdate update, Span<T> scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (n == 0 || k == 0)
        {
            MatrixProduct.Multiply(n, n, k, a, b, c, update, scratch);
            return;
        }

        var needed = ScratchLength<T>(k, n);
        if (scratch.Length < needed)
        {
            throw new ArgumentException(
                $"A symmetric product of {n} x {n} x {k} needs {needed} elements of scratch, got {scratch.Length}.", nameof(scratch));
        }

        fixed (T* s = scratch)
        {
            BlockedProduct.Run(0..columns.End.Value, columns, k, a, b, c, update, upperOnly: true, s);
        }
    }
}
