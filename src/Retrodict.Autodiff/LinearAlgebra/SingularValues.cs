// A = U diag(sigma) V' by one-sided Jacobi rotations after a QR factorization (Z. Drmac and K. Veselic, "New fast and accurate Jacobi SVD
// algorithm", SIAM J. Matrix Anal. Appl. 29(4), 2008; LAPACK's dgejsv in its plain form; Golub and Van Loan, "Matrix Computations", 4th
// ed., section 8.6.3):
//     1. A P = Q R with column pivoting (A' where A has fewer rows than columns);
//     2. rotations J make the rows of R orthogonal, J R = diag(sigma) Y'. For each pair of rows with inner product g and squared norms
//        a, b: zeta = (b - a) / (2 g), t = sign(zeta) / (|zeta| + sqrt(1 + zeta²)), c = 1 / sqrt(1 + t²), s = c t;
//        sweeps until all pairs are orthogonal to rounding. Pivoting leaves the rows of R graded, so few sweeps do;
//     3. A = (Q J') diag(sigma) (P Y)'.
// Rows of zeros get orthonormal vectors from Gram-Schmidt. A is scaled by a power of two first. Backward stable, and small singular values
// keep relative accuracy where A's columns are well scaled.

using System.Runtime.InteropServices;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.LinearAlgebra;

/// <summary>Thin singular value decomposition, in double precision.</summary>
/// <remarks>Matrices are row-major; any numbers of rows and columns, zero included. Nothing is allocated.</remarks>
public static unsafe class SingularValues
{
    private const int MaximumSweeps = 60;

    /// <summary>Elements of workspace that <see cref="TryDecompose"/> needs.</summary>
    /// <param name="m">Rows of the matrix.</param>
    /// <param name="n">Columns of the matrix.</param>
    public static int WorkspaceLength(int m, int n)
    {
        Check.Dimension(m);
        Check.Dimension(n);
        var (tall, k) = (Math.Max(m, n), Math.Min(m, n));
        return (tall * k) + (2 * k * k) + (2 * k) + Math.Max(
            PivotedQr.FactorWorkspaceLength(tall, k), PivotedQr.ApplyWorkspaceLength(tall, k));
    }

    /// <summary>Computes A = U diag(sigma) V' with k = min(m, n) singular values.</summary>
    /// <param name="a">A, m x n row-major.</param>
    /// <param name="m">Rows of A.</param>
    /// <param name="n">Columns of A.</param>
    /// <param name="u">U, m x k row-major, with orthonormal columns. Their sign: the first component within one hundredth of the largest in
    /// size is positive; V's follow.</param>
    /// <param name="values">The singular values, descending, k elements.</param>
    /// <param name="v">V, n x k row-major, with orthonormal columns.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> elements.</param>
    /// <returns>False if A holds an infinity or NaN, or the iteration did not converge (not seen with finite matrices); the results are
    /// then undefined.</returns>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static bool TryDecompose(
        ReadOnlySpan<double> a, int m, int n, Span<double> u, Span<double> values, Span<double> v, Span<double> workspace)
    {
        Check.AtLeast(workspace.Length, WorkspaceLength(m, n), nameof(workspace));
        var (tall, k) = (Math.Max(m, n), Math.Min(m, n));
        Check.Matrix(a.Length, m, n, nameof(a));
        Check.Matrix(u.Length, m, k, nameof(u));
        Check.Matrix(values.Length, k, 1, nameof(values));
        Check.Matrix(v.Length, n, k, nameof(v));
        if (!Scaling.TryExponent(a, out var exponent))
        {
            return false;
        }

        var qr = workspace[..(tall * k)];
        var rows = workspace.Slice(tall * k, k * k);
        var rotations = workspace.Slice((tall * k) + (k * k), k * k);
        var tau = workspace.Slice((tall * k) + (2 * k * k), k);
        var permutation = MemoryMarshal.Cast<double, int>(workspace.Slice((tall * k) + (2 * k * k) + k, k))[..k];
        var rest = workspace[((tall * k) + (2 * k * k) + (2 * k))..];
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                qr[m >= n ? (i * n) + j : (j * m) + i] = Math.ScaleB(a[(i * n) + j], -exponent);
            }
        }

        PivotedQr.Factor(qr, tall, k, tau, permutation, rest);
        rotations.Clear();
        for (var i = 0; i < k; i++)
        {
            rotations[i * (k + 1)] = 1;
            rows.Slice(i * k, i).Clear();
            qr.Slice((i * k) + i, k - i).CopyTo(rows[((i * k) + i)..]);
        }

        fixed (double* x = rows, j = rotations, s = values, pu = u, pv = v)
        {
            if (!Orthogonalize(k, x, j))
            {
                return false;
            }

            Normalize(k, x, j, s);
            var left = m >= n ? u : v;
            var right = m >= n ? v : u;
            left.Clear();
            for (var row = 0; row < k; row++)
            {
                for (var column = 0; column < k; column++)
                {
                    left[(row * k) + column] = j[(column * k) + row];
                    right[(permutation[row] * k) + column] = x[(column * k) + row];
                }
            }

            PivotedQr.Apply(qr, tall, k, tau, left, k, rest);
            for (var i = 0; i < k; i++)
            {
                s[i] = Math.ScaleB(s[i], exponent);
                if (Scaling.Sign(pu + i, k, m) < 0)
                {
                    Flip(pu + i, m, k);
                    Flip(pv + i, n, k);
                }
            }
        }

        return true;
    }

    /// <summary>Rotates pairs of rows until all are orthogonal; the same rotations are applied to the rows of J.</summary>
    private static bool Orthogonalize(int k, double* x, double* j)
    {
        var tolerance = Math.Max(4, Math.Sqrt(k)) * 1.2e-16;
        for (var sweep = 0; sweep < MaximumSweeps; sweep++)
        {
            var rotated = false;
            for (var p = 0; p < k - 1; p++)
            {
                for (var q = p + 1; q < k; q++)
                {
                    var (first, second) = (p * k, q * k);
                    var a = VectorLoops.Dot(k, x + first, x + first);
                    var b = VectorLoops.Dot(k, x + second, x + second);
                    var g = VectorLoops.Dot(k, x + first, x + second);
                    if (!(Math.Abs(g) > tolerance * Math.Sqrt(a) * Math.Sqrt(b)) || IsZero(a) || IsZero(b))
                    {
                        continue;
                    }

                    rotated = true;
                    var zeta = (b - a) / (2 * g);
                    var t = Math.Abs(zeta) > 1e10 ? 0.5 / zeta : Math.CopySign(1, zeta) / (Math.Abs(zeta) + Math.Sqrt(1 + (zeta * zeta)));
                    var c = 1 / Math.Sqrt(1 + (t * t));
                    VectorLoops.Rotate(k, c, -c * t, x + first, x + second);
                    VectorLoops.Rotate(k, c, -c * t, j + first, j + second);
                }
            }

            if (!rotated)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Norms to <paramref name="s"/>, descending with their rows; rows to length 1, those of J too, which hundreds of rotations have
    /// stretched by a rounding each.
    /// </summary>
    private static void Normalize(int k, double* x, double* j, double* s)
    {
        for (var i = 0; i < k; i++)
        {
            var square = VectorLoops.Dot(k, x + (i * k), x + (i * k));
            s[i] = IsZero(square) ? 0 : Math.Sqrt(square);
        }

        for (var i = 0; i < k; i++)
        {
            var largest = i;
            for (var l = i + 1; l < k; l++)
            {
                largest = s[l] > s[largest] ? l : largest;
            }

            if (largest != i)
            {
                (s[i], s[largest]) = (s[largest], s[i]);
                VectorLoops.Swap(k, x + (i * k), x + (largest * k));
                VectorLoops.Swap(k, j + (i * k), j + (largest * k));
            }

            VectorLoops.Divide(k, j + (i * k), Math.Sqrt(VectorLoops.Dot(k, j + (i * k), j + (i * k))));
            if (s[i] > 0)
            {
                VectorLoops.Divide(k, x + (i * k), s[i]);
            }
            else
            {
                Complete(k, i, x);
            }
        }
    }

    /// <summary>Row i becomes a unit vector orthogonal to the rows before: what is left of the axis farthest from them.</summary>
    private static void Complete(int k, int i, double* x)
    {
        var row = x + (i * k);
        var (axis, least) = (0, double.PositiveInfinity);
        for (var column = 0; column < k; column++)
        {
            var covered = 0.0;
            for (var l = 0; l < i; l++)
            {
                covered += x[(l * k) + column] * x[(l * k) + column];
            }

            (axis, least) = covered < least ? (column, covered) : (axis, least);
        }

        new Span<double>(row, k).Clear();
        row[axis] = 1;
        for (var twice = 0; twice < 2; twice++)
        {
            for (var l = 0; l < i; l++)
            {
                VectorLoops.AddMultiple(k, -VectorLoops.Dot(k, x + (l * k), row), x + (l * k), row);
            }

            VectorLoops.Divide(k, row, Math.Sqrt(VectorLoops.Dot(k, row, row)));
        }
    }

    /// <summary>Whether a squared norm, of a matrix of order 1, is too small to divide by.</summary>
    private static bool IsZero(double square) => square < 1e-280;

    private static void Flip(double* column, int rows, int stride)
    {
        for (var i = 0; i < rows; i++)
        {
            column[i * stride] = -column[i * stride];
        }
    }
}
