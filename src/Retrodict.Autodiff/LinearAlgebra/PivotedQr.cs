// A P = Q R with column pivoting (P. Businger and G. H. Golub, "Linear least squares solutions by Householder transformations",
// Numer. Math. 7, 1965; Golub and Van Loan, "Matrix Computations", 4th ed., section 5.4.2; LAPACK's dgeqp3): at each step the
// column with the largest remaining norm comes next, so the diagonal of R falls in size and small ones reveal the rank.
// It is a heuristic: Kahan's matrix has a small singular value that no diagonal element shows.
//
// Least squares from the leading rank rows, R = [R11 R12], y = the first rank elements of Q'b:
//     basic solution          z = R11^-1 y, zeros for the columns left out;
//     minimum-norm solution   [R11 R12]' = Z [T; 0], a second QR ("complete orthogonal decomposition", section 5.4.7), and
//                             z = Z [T'^-1 y; 0];
// and x = P z.

using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.LinearAlgebra;

/// <summary>Householder QR with column pivoting, its rank, and least squares with it, in double precision.</summary>
/// <remarks>Matrices are row-major; any numbers of rows and columns, zero included. Nothing is allocated.</remarks>
public static unsafe class PivotedQr
{
    /// <summary>Elements of workspace that <see cref="Factor"/> needs.</summary>
    /// <param name="m">Rows of A.</param>
    /// <param name="n">Columns of A.</param>
    public static int FactorWorkspaceLength(int m, int n)
    {
        Check.Dimension(m);
        Check.Dimension(n);
        return (2 * n) + Householder.WorkspaceLength(m, n);
    }

    /// <summary>Elements of workspace that <see cref="ApplyTransposed"/> and <see cref="Apply"/> need.</summary>
    /// <param name="m">Rows of A.</param>
    /// <param name="columns">Columns of the matrix that Q is applied to.</param>
    public static int ApplyWorkspaceLength(int m, int columns)
    {
        Check.Dimension(m);
        Check.Dimension(columns);
        return Householder.WorkspaceLength(m, columns);
    }

    /// <summary>Elements of workspace that <see cref="SolveLeastSquares"/> needs.</summary>
    /// <param name="m">Rows of A.</param>
    /// <param name="n">Columns of A.</param>
    /// <param name="columns">Number of right-hand sides.</param>
    /// <param name="minimumNorm">Whether the minimum-norm solution is asked for.</param>
    public static int SolveWorkspaceLength(int m, int n, int columns, bool minimumNorm = false)
    {
        Check.Dimension(m);
        Check.Dimension(n);
        Check.Dimension(columns);
        var rank = Math.Min(m, n);
        var triangle = rank + TriangularScratch(rank, columns);
        var qr = Householder.WorkspaceLength(m, columns);
        return minimumNorm
            ? (n * columns) + Math.Max(qr, (n * rank) + rank
                + Math.Max(triangle, Math.Max(Householder.WorkspaceLength(n, rank), Householder.WorkspaceLength(n, columns))))
            : (n * columns) + Math.Max(qr, triangle);
    }

    /// <summary>Factors A P = Q R in place and determines the numerical rank.</summary>
    /// <param name="a">A, m x n row-major. On return R in its upper triangle and the reflections below the diagonal.</param>
    /// <param name="m">Rows of A.</param>
    /// <param name="n">Columns of A.</param>
    /// <param name="tau">min(m, n) elements: the factors of the reflections I - tau v v'.</param>
    /// <param name="permutation">n elements: column j of A P is column permutation[j] of A.</param>
    /// <param name="workspace">At least <see cref="FactorWorkspaceLength"/> elements.</param>
    /// <param name="relativeTolerance">Diagonal elements of R up to this times the first count as zero; negative (the default)
    /// for max(m, n) times the machine epsilon, about the rounding error of the factorization itself.</param>
    /// <returns>The numerical rank, as <see cref="Rank"/> gives it.</returns>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static int Factor(
        Span<double> a, int m, int n, Span<double> tau, Span<int> permutation, Span<double> workspace, double relativeTolerance = -1)
    {
        CheckFactor(a.Length, nameof(a), m, n, tau.Length);
        Check.Matrix(permutation.Length, n, 1, nameof(permutation));
        Check.AtLeast(workspace.Length, FactorWorkspaceLength(m, n), nameof(workspace));

        for (var j = 0; j < n; j++)
        {
            permutation[j] = j;
        }

        var norms = new ColumnNorms(workspace[..n], workspace.Slice(n, n));
        var rest = workspace[(2 * n)..];
        fixed (double* p = a)
        {
            var A = new StridedMatrix<double>(p, n, 1);
            norms.Start(A, m);
            for (var k = 0; k < tau.Length; k++)
            {
                var pivot = norms.Largest(k);
                if (pivot != k)
                {
                    SwapColumns(A, m, k, pivot);
                    (permutation[k], permutation[pivot]) = (permutation[pivot], permutation[k]);
                    norms.Move(k, pivot);
                }

                tau[k] = Householder.Make(A, m, k);
                Householder.Apply(A, m, k, tau[k], A.From(0, k + 1), n - k - 1, rest);
                norms.Downdate(A, m, k);
            }
        }

        return Rank(a, m, n, relativeTolerance);
    }

    /// <summary>The number of leading diagonal elements of R larger in size than the tolerance times the first.</summary>
    /// <param name="qr">The factorization, m x n row-major.</param>
    /// <param name="m">Rows of A.</param>
    /// <param name="n">Columns of A.</param>
    /// <param name="relativeTolerance">As for <see cref="Factor"/>.</param>
    /// <returns>0 for a zero matrix, and where the first diagonal element is NaN.</returns>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static int Rank(ReadOnlySpan<double> qr, int m, int n, double relativeTolerance = -1)
    {
        Check.Dimension(m);
        Check.Dimension(n);
        Check.Matrix(qr.Length, m, n, nameof(qr));
        if (double.IsNaN(relativeTolerance))
        {
            throw new ArgumentOutOfRangeException(nameof(relativeTolerance), relativeTolerance, "The tolerance must be a number.");
        }

        if (relativeTolerance < 0)
        {
            relativeTolerance = Math.Max(m, n) * (double.BitIncrement(1) - 1);
        }

        var rank = 0;
        while (rank < Math.Min(m, n) && Math.Abs(qr[(rank * n) + rank]) > relativeTolerance * Math.Abs(qr[0]))
        {
            rank++;
        }

        return rank;
    }

    /// <summary>Replaces B by Q'B.</summary>
    /// <param name="qr">The factorization, m x n row-major.</param>
    /// <param name="m">Rows of A and B.</param>
    /// <param name="n">Columns of A.</param>
    /// <param name="tau">The factors of the reflections, min(m, n).</param>
    /// <param name="b">B, m x columns row-major.</param>
    /// <param name="columns">Columns of B.</param>
    /// <param name="workspace">At least <see cref="ApplyWorkspaceLength"/> elements.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static void ApplyTransposed(
        ReadOnlySpan<double> qr, int m, int n, ReadOnlySpan<double> tau, Span<double> b, int columns, Span<double> workspace) =>
        Reflect(qr, m, n, tau, b, columns, workspace, transposed: true);

    /// <summary>Replaces B by QB.</summary>
    /// <param name="qr">The factorization, m x n row-major.</param>
    /// <param name="m">Rows of A and B.</param>
    /// <param name="n">Columns of A.</param>
    /// <param name="tau">The factors of the reflections, min(m, n).</param>
    /// <param name="b">B, m x columns row-major.</param>
    /// <param name="columns">Columns of B.</param>
    /// <param name="workspace">At least <see cref="ApplyWorkspaceLength"/> elements.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static void Apply(
        ReadOnlySpan<double> qr, int m, int n, ReadOnlySpan<double> tau, Span<double> b, int columns, Span<double> workspace) =>
        Reflect(qr, m, n, tau, b, columns, workspace, transposed: false);

    /// <summary>Minimizes |A x - b| for each column b of B.</summary>
    /// <param name="qr">The factorization, m x n row-major.</param>
    /// <param name="m">Rows of A.</param>
    /// <param name="n">Columns of A.</param>
    /// <param name="tau">The factors of the reflections, min(m, n).</param>
    /// <param name="permutation">The permutation, n elements.</param>
    /// <param name="rank">The rank to solve with, from <see cref="Factor"/> or smaller.</param>
    /// <param name="b">B, m x columns row-major; Q'B on return, whose rows from <paramref name="rank"/> on hold the residual:
    /// their norm is |A x - b|.</param>
    /// <param name="x">The solutions, n x columns row-major.</param>
    /// <param name="columns">Number of right-hand sides.</param>
    /// <param name="workspace">At least <see cref="SolveWorkspaceLength"/> elements.</param>
    /// <param name="minimumNorm">When the rank is smaller than n: the solution of smallest norm instead of the basic one, which
    /// has at most rank nonzero elements. Costs a second factorization, n x rank.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions, or the rank is out of range.</exception>
    public static void SolveLeastSquares(
        ReadOnlySpan<double> qr, int m, int n, ReadOnlySpan<double> tau, ReadOnlySpan<int> permutation, int rank,
        Span<double> b, Span<double> x, int columns, Span<double> workspace, bool minimumNorm = false)
    {
        CheckFactor(qr.Length, nameof(qr), m, n, tau.Length);
        Check.Dimension(columns);
        Check.Matrix(permutation.Length, n, 1, nameof(permutation));
        Check.Matrix(b.Length, m, columns, nameof(b));
        Check.Matrix(x.Length, n, columns, nameof(x));
        Check.AtLeast(workspace.Length, SolveWorkspaceLength(m, n, columns, minimumNorm), nameof(workspace));
        if (rank < 0 || rank > Math.Min(m, n))
        {
            throw new ArgumentOutOfRangeException(
                nameof(rank), rank, $"The rank of a {m} x {n} matrix lies between 0 and {Math.Min(m, n)}.");
        }

        var z = workspace[..(n * columns)];
        var rest = workspace[(n * columns)..];
        ApplyTransposed(qr, m, n, tau, b, columns, rest);
        b[..(rank * columns)].CopyTo(z);
        z[(rank * columns)..].Clear();
        if (minimumNorm && rank < n)
        {
            MinimumNorm(qr, n, rank, z, columns, rest);
        }
        else
        {
            fixed (double* r = qr, pz = z)
            {
                TriangularSolve.InPlace(
                    rank, new StridedMatrix<double>(r, n, 1), lower: false, new StridedMatrix<double>(pz, columns, 1), columns,
                    unitDiagonal: false, rest);
            }
        }

        for (var j = 0; j < n; j++)
        {
            z.Slice(j * columns, columns).CopyTo(x.Slice(permutation[j] * columns, columns));
        }
    }

    /// <summary>z = Z [T'^-1 y; 0] with [R11 R12]' = Z [T; 0]; z holds y in its first rows.</summary>
    private static void MinimumNorm(ReadOnlySpan<double> qr, int n, int rank, Span<double> z, int columns, Span<double> workspace)
    {
        var transpose = workspace[..(n * rank)];
        var tau = workspace.Slice(n * rank, rank);
        var rest = workspace[((n * rank) + rank)..];
        transpose.Clear();
        for (var i = 0; i < rank; i++)
        {
            for (var j = i; j < n; j++)
            {
                transpose[(j * rank) + i] = qr[(i * n) + j];
            }
        }

        fixed (double* t = transpose, pz = z)
        {
            var T = new StridedMatrix<double>(t, rank, 1);
            var Z = new StridedMatrix<double>(pz, columns, 1);
            Householder.Factor(T, n, rank, tau, rest);
            TriangularSolve.InPlace(rank, T.Transposed, lower: true, Z, columns, unitDiagonal: false, rest);
            Householder.Apply(T, n, tau, Z, columns, rest);
        }
    }

    private static void Reflect(
        ReadOnlySpan<double> qr, int m, int n, ReadOnlySpan<double> tau, Span<double> b, int columns, Span<double> workspace,
        bool transposed)
    {
        CheckFactor(qr.Length, nameof(qr), m, n, tau.Length);
        Check.Dimension(columns);
        Check.Matrix(b.Length, m, columns, nameof(b));
        Check.AtLeast(workspace.Length, ApplyWorkspaceLength(m, columns), nameof(workspace));
        fixed (double* p = qr, pb = b)
        {
            var A = new StridedMatrix<double>(p, n, 1);
            var B = new StridedMatrix<double>(pb, columns, 1);
            if (transposed)
            {
                Householder.ApplyTransposed(A, m, tau, B, columns, workspace);
            }
            else
            {
                Householder.Apply(A, m, tau, B, columns, workspace);
            }
        }
    }

    private static void SwapColumns(StridedMatrix<double> a, int m, int j, int k)
    {
        for (var i = 0; i < m; i++)
        {
            (*a.At(i, j), *a.At(i, k)) = (*a.At(i, k), *a.At(i, j));
        }
    }

    private static int TriangularScratch(int rank, int columns) => TriangularSolve.WorkspaceLength<double>(rank, columns);

    private static void CheckFactor(int length, string name, int m, int n, int lengthTau)
    {
        Check.Dimension(m);
        Check.Dimension(n);
        Check.Matrix(length, m, n, name);
        Check.Matrix(lengthTau, Math.Min(m, n), 1, "tau");
    }
}
