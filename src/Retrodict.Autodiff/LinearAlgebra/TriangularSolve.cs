// T X = B by recursive splitting (Golub and Van Loan, "Matrix Computations", 4th ed., section 3.1.4): with
//     [T11  0 ] [X1]   [B1]
//     [T21 T22] [X2] = [B2]       X1 from T11 X1 = B1, then B2 -= T21 X1, then X2 from T22 X2 = B2,
// so that nearly all the work is matrix products. Each column's solution satisfies (T + E) x = b with |E| <= gamma_n |T|
// (Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed., theorem 8.5). A transpose is a change of strides.

using System.Numerics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.LinearAlgebra;

/// <summary>Solves triangular systems with many right-hand sides in place.</summary>
/// <remarks>
/// Matrices are row-major. The other triangle is not read. A zero on the diagonal gives infinities or NaN, not an exception.
/// </remarks>
public static unsafe class TriangularSolve
{
    /// <summary>Elements of workspace that a solve of these sizes needs.</summary>
    /// <param name="n">Rows of the triangle.</param>
    /// <param name="columns">Number of right-hand sides.</param>
    public static int WorkspaceLength<T>(int n, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check.Dimension(n);
        Check.Dimension(columns);
        return n <= TriangularKernel.MaximumSize ? 0 : Math.Max(n, MatrixProduct.ScratchLength<T>(n, columns, n));
    }

    /// <summary>Solves L X = B, or L' X = B, for a lower triangle L.</summary>
    /// <param name="l">L, n x n row-major; elements above the diagonal are not read.</param>
    /// <param name="n">Rows of L.</param>
    /// <param name="b">B, n x columns row-major; X on return.</param>
    /// <param name="columns">Number of right-hand sides.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength{T}"/> elements.</param>
    /// <param name="transposed">Solve with L' instead of L.</param>
    /// <param name="unitDiagonal">Take the diagonal of L as ones without reading it.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static void Lower<T>(
        ReadOnlySpan<T> l, int n, Span<T> b, int columns, Span<T> workspace, bool transposed = false, bool unitDiagonal = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckSizes(l.Length, nameof(l), n, b.Length, columns, workspace);
        fixed (T* pl = l, pb = b)
        {
            var L = new StridedMatrix<T>(pl, n, 1);
            InPlace(n, transposed ? L.Transposed : L, !transposed, new StridedMatrix<T>(pb, columns, 1), columns, unitDiagonal, workspace);
        }
    }

    /// <summary>Solves U X = B, or U' X = B, for an upper triangle U.</summary>
    /// <param name="u">U, n x n row-major; elements below the diagonal are not read.</param>
    /// <param name="n">Rows of U.</param>
    /// <param name="b">B, n x columns row-major; X on return.</param>
    /// <param name="columns">Number of right-hand sides.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength{T}"/> elements.</param>
    /// <param name="transposed">Solve with U' instead of U.</param>
    /// <param name="unitDiagonal">Take the diagonal of U as ones without reading it.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static void Upper<T>(
        ReadOnlySpan<T> u, int n, Span<T> b, int columns, Span<T> workspace, bool transposed = false, bool unitDiagonal = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckSizes(u.Length, nameof(u), n, b.Length, columns, workspace);
        fixed (T* pu = u, pb = b)
        {
            var U = new StridedMatrix<T>(pu, n, 1);
            InPlace(n, transposed ? U.Transposed : U, transposed, new StridedMatrix<T>(pb, columns, 1), columns, unitDiagonal, workspace);
        }
    }

    /// <summary>Solves T X = B in place of B for a triangle with any strides and a B with contiguous rows.</summary>
    internal static void InPlace<T>(
        int n, StridedMatrix<T> t, bool lower, StridedMatrix<T> b, int columns, bool unitDiagonal, Span<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (n == 0 || columns == 0)
        {
            return;
        }

        if (n <= TriangularKernel.MaximumSize)
        {
            if (!lower)
            {
                t = new StridedMatrix<T>(t.At(n - 1, n - 1), -t.RowStride, -t.ColumnStride);
                b = new StridedMatrix<T>(b.At(n - 1, 0), -b.RowStride, b.ColumnStride);
            }

            TriangularKernel.SolveLower(n, t, b, columns, unitDiagonal);
            return;
        }

        var n1 = Split(n, TriangularKernel.MaximumSize);
        var n2 = n - n1;
        var (b1, b2) = (b, b.From(n1, 0));
        if (lower)
        {
            InPlace(n1, t, lower, b1, columns, unitDiagonal, workspace);
            MatrixProduct.Multiply(n2, columns, n1, t.From(n1, 0), b1, b2, ProductUpdate.Subtract, workspace);
            InPlace(n2, t.From(n1, n1), lower, b2, columns, unitDiagonal, workspace);
        }
        else
        {
            InPlace(n2, t.From(n1, n1), lower, b2, columns, unitDiagonal, workspace);
            MatrixProduct.Multiply(n1, columns, n2, t.From(0, n1), b2, b1, ProductUpdate.Subtract, workspace);
            InPlace(n1, t, lower, b1, columns, unitDiagonal, workspace);
        }
    }

    /// <summary>About half of n, a multiple of the base case where n is larger than that.</summary>
    internal static int Split(int n, int baseSize) => Math.Max(1, (n / 2 / baseSize)) * baseSize;

    private static void CheckSizes<T>(int length, string name, int n, int lengthB, int columns, Span<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check.Dimension(n);
        Check.Dimension(columns);
        Check.Matrix(length, n, n, name);
        Check.Matrix(lengthB, n, columns, "b");
        Check.AtLeast(workspace.Length, WorkspaceLength<T>(n, columns), nameof(workspace));
    }
}
