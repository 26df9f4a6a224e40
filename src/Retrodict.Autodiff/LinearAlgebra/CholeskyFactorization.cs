// A = L L' by recursive splitting (F. Gustavson, "Recursion leads to automatic variable blocking for dense linear-algebra
// algorithms", IBM J. Res. Dev. 41(6), 1997; Golub and Van Loan, "Matrix Computations", 4th ed., section 4.2):
//     U11'U11 = A11,   U12 = U11^-T A12,   A22 - U12'U12 = U22'U22,    L = U'.
// The upper factor is computed because its rows are contiguous in a row-major matrix: the triangle is mirrored first and
// mirrored back at the end, 2 n^2 moves against n^3/3 multiply-adds.
//
// Backward stable without pivoting: L L' = A + E with |E| <= gamma_{n+1} |L| |L'| (Higham, "Accuracy and Stability of
// Numerical Algorithms", 2nd ed., theorem 10.3).

using System.Buffers;
using System.Numerics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.LinearAlgebra;

/// <summary>Factors symmetric positive definite matrices and solves with the factor.</summary>
/// <remarks>Matrices are row-major. The overloads without a workspace borrow one from the shared array pool.</remarks>
public static unsafe class CholeskyFactorization
{
    /// <summary>Elements of workspace that factoring an n x n matrix needs.</summary>
    /// <param name="n">Rows of the matrix.</param>
    public static int WorkspaceLength<T>(int n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check.Dimension(n);
        return n <= CholeskyKernel.MaximumSize ? 0 : SymmetricProduct.ScratchLength<T>(n, n);
    }

    /// <summary>Elements of workspace that <see cref="Solve{T}(ReadOnlySpan{T}, int, Span{T}, int, Span{T})"/> needs.</summary>
    /// <param name="n">Rows of the factor.</param>
    /// <param name="columns">Number of right-hand sides.</param>
    public static int SolveWorkspaceLength<T>(int n, int columns)
        where T : unmanaged, IFloatingPointIeee754<T> => TriangularSolve.WorkspaceLength<T>(n, columns);

    /// <inheritdoc cref="TryFactor{T}(Span{T}, int, Span{T}, out int)"/>
    public static bool TryFactor<T>(Span<T> a, int n)
        where T : unmanaged, IFloatingPointIeee754<T> => TryFactor(a, n, out _);

    /// <inheritdoc cref="TryFactor{T}(Span{T}, int, Span{T}, out int)"/>
    public static bool TryFactor<T>(Span<T> a, int n, out int failingPivot)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var workspace = ArrayPool<T>.Shared.Rent(WorkspaceLength<T>(n));
        try
        {
            return TryFactor(a, n, workspace, out failingPivot);
        }
        finally
        {
            ArrayPool<T>.Shared.Return(workspace);
        }
    }

    /// <inheritdoc cref="TryFactor{T}(Span{T}, int, Span{T}, out int)"/>
    public static bool TryFactor<T>(Span<T> a, int n, Span<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T> => TryFactor(a, n, workspace, out _);

    /// <summary>Replaces the symmetric matrix A by its lower triangular factor L, A = L L'.</summary>
    /// <param name="a">A, n x n row-major. Only its lower triangle is read. On success the lower triangle holds L and the strict
    /// upper triangle zeros; on failure the contents are undefined.</param>
    /// <param name="n">Rows of A.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength{T}"/> elements.</param>
    /// <param name="failingPivot">The first pivot, from 0, that is not positive and finite: the leading principal minor of that
    /// order plus one is not numerically positive definite. -1 on success.</param>
    /// <returns>Whether A is numerically positive definite.</returns>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static bool TryFactor<T>(Span<T> a, int n, Span<T> workspace, out int failingPivot)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check.Dimension(n);
        Check.Matrix(a.Length, n, n, nameof(a));
        Check.AtLeast(workspace.Length, WorkspaceLength<T>(n), nameof(workspace));
        fixed (T* p = a)
        {
            var A = new StridedMatrix<T>(p, n, 1);
            TriangleMirror.LowerToUpper(0..n, A, A);
            failingPivot = FactorUpper(n, A, workspace);
            if (failingPivot >= 0)
            {
                return false;
            }

            TriangleMirror.UpperToLower(0..n, A, clear: true);
        }

        return true;
    }

    /// <inheritdoc cref="Solve{T}(ReadOnlySpan{T}, int, Span{T}, int, Span{T})"/>
    public static void Solve<T>(ReadOnlySpan<T> l, int n, Span<T> b, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var workspace = ArrayPool<T>.Shared.Rent(SolveWorkspaceLength<T>(n, columns));
        try
        {
            Solve(l, n, b, columns, workspace);
        }
        finally
        {
            ArrayPool<T>.Shared.Return(workspace);
        }
    }

    /// <summary>Solves A X = B from the factor of A: L Y = B, then L' X = Y.</summary>
    /// <param name="l">L, n x n row-major, as <c>TryFactor</c> leaves it.</param>
    /// <param name="n">Rows of L.</param>
    /// <param name="b">B, n x columns row-major; X on return.</param>
    /// <param name="columns">Number of right-hand sides.</param>
    /// <param name="workspace">At least <see cref="SolveWorkspaceLength{T}"/> elements.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static void Solve<T>(ReadOnlySpan<T> l, int n, Span<T> b, int columns, Span<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TriangularSolve.Lower(l, n, b, columns, workspace);
        TriangularSolve.Lower(l, n, b, columns, workspace, transposed: true);
    }

    /// <summary>(smallest / largest diagonal element of L)², an upper bound of the reciprocal 2-norm condition number of A.</summary>
    /// <remarks>
    /// Each squared diagonal element of L is a pivot, and every pivot lies between the extreme eigenvalues of A (it is at most
    /// a_jj, and at least the smallest eigenvalue of a leading block). So A is AT LEAST as ill conditioned as this says. It
    /// costs n comparisons and is a heuristic:
    /// without pivoting the bound can be far too hopeful (Kahan's matrices). Use it to notice trouble, not to exclude it.
    /// </remarks>
    /// <param name="l">L, n x n row-major.</param>
    /// <param name="n">Rows of L.</param>
    /// <returns>A value in [0, 1]; 1 for n = 0; NaN if the diagonal holds one.</returns>
    /// <exception cref="ArgumentException">The length does not fit the dimension.</exception>
    public static T ReciprocalConditionFromDiagonal<T>(ReadOnlySpan<T> l, int n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check.Dimension(n);
        Check.Matrix(l.Length, n, n, nameof(l));
        if (n == 0)
        {
            return T.One;
        }

        var (smallest, largest) = (l[0], l[0]);
        for (var i = 1; i < n; i++)
        {
            var d = l[(i * n) + i];
            smallest = T.Min(smallest, d);
            largest = T.Max(largest, d);
        }

        var ratio = smallest / largest;
        return ratio * ratio;
    }

    /// <summary>U'U = A in the upper triangle of A; returns the failing pivot or -1.</summary>
    internal static int FactorUpper<T>(int n, StridedMatrix<T> a, Span<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (n <= CholeskyKernel.MaximumSize)
        {
            return CholeskyKernel.FactorUpper(n, a);
        }

        var n1 = TriangularSolve.Split(n, CholeskyKernel.MaximumSize);
        var n2 = n - n1;
        var failing = FactorUpper(n1, a, workspace);
        if (failing >= 0)
        {
            return failing;
        }

        var (a12, a22) = (a.From(0, n1), a.From(n1, n1));
        TriangularSolve.InPlace(n1, a.Transposed, lower: true, a12, n2, unitDiagonal: false, workspace);
        SymmetricProduct.UpdateUpper(n2, n1, a12.Transposed, a12, a22, ProductUpdate.Subtract, workspace);
        failing = FactorUpper(n2, a22, workspace);
        return failing < 0 ? -1 : failing + n1;
    }
}
