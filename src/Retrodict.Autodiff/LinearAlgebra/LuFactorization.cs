// P A = L U with partial pivoting by recursive splitting of the columns (S. Toledo, "Locality of reference in LU decomposition with partial
// pivoting", SIAM J. Matrix Anal. Appl. 18(4), 1997; LAPACK's dgetrf2):
//     [A11]        [L11]
//     [A21] = P1'  [L21] U11,   U12 = L11^-1 A12,   A22 - L21 U12 = P2' L22 U22      (A12, A22 after the exchanges of P1),
// so that nearly all the work is matrix products. Exchanges are kept as LAPACK does: step k exchanged row k with row pivots[k] >= k.
//
// Backward stable in practice: |A + E| with |E| <= gamma_n |L| |U|, whose growth partial pivoting keeps small for all but contrived
// matrices (Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed., section 9.4).

using System.Numerics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.LinearAlgebra;

/// <summary>Factors general square matrices with partial pivoting and solves with the factors.</summary>
/// <remarks>Matrices are row-major. Nothing is allocated.</remarks>
public static unsafe class LuFactorization
{
    /// <summary>Elements of workspace that factoring an n x n matrix needs.</summary>
    /// <param name="n">Rows of the matrix.</param>
    public static int WorkspaceLength<T>(int n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check.Dimension(n);
        return PanelWorkspaceLength<T>(n, n);
    }

    /// <summary>Elements of workspace that <see cref="Solve{T}"/> needs.</summary>
    /// <param name="n">Rows of the factors.</param>
    /// <param name="columns">Number of right-hand sides.</param>
    public static int SolveWorkspaceLength<T>(int n, int columns)
        where T : unmanaged, IFloatingPointIeee754<T> => TriangularSolve.WorkspaceLength<T>(n, columns);

    /// <summary>Replaces A by its factors, P A = L U.</summary>
    /// <param name="a">A, n x n row-major. On return U in its upper triangle and L, whose diagonal is ones, below.</param>
    /// <param name="n">Rows of A.</param>
    /// <param name="pivots">n elements: step k exchanged row k with row pivots[k].</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength{T}"/> elements.</param>
    /// <returns>-1, or the first k with u_kk = 0: A is singular. The factorization is complete even then, but solving with it divides by
    /// zero.</returns>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static int Factor<T>(Span<T> a, int n, Span<int> pivots, Span<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check.Dimension(n);
        Check.Matrix(a.Length, n, n, nameof(a));
        Check.Matrix(pivots.Length, n, 1, nameof(pivots));
        Check.AtLeast(workspace.Length, WorkspaceLength<T>(n), nameof(workspace));
        fixed (T* p = a)
        {
            return FactorPanel(n, n, new StridedMatrix<T>(p, n, 1), pivots, workspace);
        }
    }

    /// <summary>Solves A X = B, or A' X = B, from the factors of A.</summary>
    /// <param name="lu">The factors, n x n row-major, as <see cref="Factor{T}"/> leaves them.</param>
    /// <param name="n">Rows of A.</param>
    /// <param name="pivots">The exchanges, n elements.</param>
    /// <param name="b">B, n x columns row-major; X on return. Where u_kk = 0, infinities or NaN.</param>
    /// <param name="columns">Number of right-hand sides.</param>
    /// <param name="workspace">At least <see cref="SolveWorkspaceLength{T}"/> elements.</param>
    /// <param name="transposed">Solve with A' instead of A.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions, or a pivot is out of range.</exception>
    public static void Solve<T>(
        ReadOnlySpan<T> lu, int n, ReadOnlySpan<int> pivots, Span<T> b, int columns, Span<T> workspace, bool transposed = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check.Dimension(n);
        Check.Dimension(columns);
        Check.Matrix(lu.Length, n, n, nameof(lu));
        Check.Matrix(pivots.Length, n, 1, nameof(pivots));
        Check.Matrix(b.Length, n, columns, nameof(b));
        foreach (var pivot in pivots)
        {
            if ((uint)pivot >= (uint)n)
            {
                throw new ArgumentException($"A pivot is {pivot}; rows are numbered 0 to {n - 1}.", nameof(pivots));
            }
        }

        fixed (T* pb = b)
        {
            var B = new StridedMatrix<T>(pb, columns, 1);
            if (!transposed)
            {
                Exchange(B, columns, pivots);
            }

            if (transposed)
            {
                TriangularSolve.Upper(lu, n, b, columns, workspace, transposed: true);
                TriangularSolve.Lower(lu, n, b, columns, workspace, transposed: true, unitDiagonal: true);
                ExchangeBack(B, columns, pivots);
            }
            else
            {
                TriangularSolve.Lower(lu, n, b, columns, workspace, unitDiagonal: true);
                TriangularSolve.Upper(lu, n, b, columns, workspace);
            }
        }
    }

    /// <summary>The determinant as sign times exp(logarithm), which neither overflows nor vanishes.</summary>
    /// <param name="lu">The factors, n x n row-major.</param>
    /// <param name="n">Rows of A.</param>
    /// <param name="pivots">The exchanges, n elements.</param>
    /// <param name="sign">1 or -1; 0 where A is singular.</param>
    /// <returns>log |det A|; -infinity where A is singular.</returns>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static T LogAbsDeterminant<T>(ReadOnlySpan<T> lu, int n, ReadOnlySpan<int> pivots, out int sign)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check.Dimension(n);
        Check.Matrix(lu.Length, n, n, nameof(lu));
        Check.Matrix(pivots.Length, n, 1, nameof(pivots));
        sign = 1;
        var sum = T.Zero;
        for (var k = 0; k < n; k++)
        {
            var u = lu[(k * n) + k];
            sum += T.Log(T.Abs(u));
            sign *= u == T.Zero ? 0 : (pivots[k] == k) == (u > T.Zero) ? 1 : -1;
        }

        return sum;
    }

    /// <summary>Elements of workspace that <see cref="FactorPanel{T}"/> needs.</summary>
    internal static int PanelWorkspaceLength<T>(int m, int n)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Math.Max(LuKernel.ScratchLength(m), n <= LuKernel.MaximumSize ? 0 : Math.Max(m, MatrixProduct.ScratchLength<T>(m, n, n)));

    /// <summary>Factors an m x n matrix with contiguous rows, m &gt;= n, in place; returns -1 or the first zero pivot.</summary>
    internal static int FactorPanel<T>(int m, int n, StridedMatrix<T> a, Span<int> pivots, Span<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (n <= LuKernel.MaximumSize)
        {
            fixed (T* scratch = workspace)
            {
                return LuKernel.FactorPanel(m, n, a, pivots, scratch);
            }
        }

        var n1 = TriangularSolve.Split(n, LuKernel.MaximumSize);
        var n2 = n - n1;
        var (a12, a22) = (a.From(0, n1), a.From(n1, n1));
        var first = FactorPanel(m, n1, a, pivots[..n1], workspace);
        Exchange(a12, n2, pivots[..n1]);
        TriangularSolve.InPlace(n1, a, lower: true, a12, n2, unitDiagonal: true, workspace);
        MatrixProduct.Multiply(m - n1, n2, n1, a.From(n1, 0), a12, a22, ProductUpdate.Subtract, workspace);
        var second = FactorPanel(m - n1, n2, a22, pivots[n1..], workspace);
        Exchange(a.From(n1, 0), n1, pivots[n1..]);
        for (var k = n1; k < n; k++)
        {
            pivots[k] += n1;
        }

        return first >= 0 ? first : second >= 0 ? second + n1 : -1;
    }

    /// <summary>Exchanges rows in the order of the factorization.</summary>
    internal static void Exchange<T>(StridedMatrix<T> b, int columns, ReadOnlySpan<int> pivots)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var k = 0; k < pivots.Length; k++)
        {
            if (pivots[k] != k)
            {
                VectorLoops.Swap(columns, b.At(k, 0), b.At(pivots[k], 0));
            }
        }
    }

    /// <summary>Exchanges rows in the reverse order, which undoes <see cref="Exchange{T}"/>.</summary>
    internal static void ExchangeBack<T>(StridedMatrix<T> b, int columns, ReadOnlySpan<int> pivots)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var k = pivots.Length - 1; k >= 0; k--)
        {
            if (pivots[k] != k)
            {
                VectorLoops.Swap(columns, b.At(k, 0), b.At(pivots[k], 0));
            }
        }
    }
}
