// A = V diag(lambda) V' in three steps (Golub and Van Loan, "Matrix Computations", 4th ed., section 8.3; LAPACK's dsytrd, dorgtr and
// dsteqr):
//     1. reflections H_k = I - tau v v' to tridiagonal form, A22 <- H A22 H = A22 - v w' - w v' with p = tau A22 v, w = p - tau/2 (p'v) v;
//     2. Q' = (H_0 H_1 ...)', accumulated from the last reflection so that only its trailing block is touched;
//     3. implicit QL steps with Wilkinson's shift on the tridiagonal matrix, whose rotations combine neighboring rows of Q'.
// Eigenvectors are rows until the end, so that everything runs along memory. A is scaled by a power of two first. Backward stable: the
// values are those of A + E with |E| = O(eps) |A|, and |V'V - I| = O(n eps).

using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.LinearAlgebra;

/// <summary>Eigenvalues and eigenvectors of symmetric matrices, in double precision.</summary>
/// <remarks>Matrices are row-major. Nothing is allocated.</remarks>
public static unsafe class SymmetricEigen
{
    private const int StepsPerValue = 50;

    /// <summary>Elements of workspace that <see cref="TryDecompose"/> needs.</summary>
    /// <param name="n">Rows of the matrix.</param>
    public static int WorkspaceLength(int n)
    {
        Check.Dimension(n);
        return (2 * n * n) + (3 * n);
    }

    /// <summary>Computes A = V diag(lambda) V'.</summary>
    /// <param name="a">A, n x n row-major; only its lower triangle is read.</param>
    /// <param name="n">Rows of A.</param>
    /// <param name="values">The eigenvalues, ascending, n elements.</param>
    /// <param name="vectors">V, n x n row-major: column j is the eigenvector of value j, of length 1. Its sign: the first component within
    /// one hundredth of the largest in size is positive. Vectors of equal values are some orthonormal basis of their space.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> elements.</param>
    /// <returns>False if A holds an infinity or NaN, or the iteration did not converge (not seen with finite matrices); the results are
    /// then undefined.</returns>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static bool TryDecompose(ReadOnlySpan<double> a, int n, Span<double> values, Span<double> vectors, Span<double> workspace)
    {
        Check.Dimension(n);
        Check.Matrix(a.Length, n, n, nameof(a));
        Check.Matrix(values.Length, n, 1, nameof(values));
        Check.Matrix(vectors.Length, n, n, nameof(vectors));
        Check.AtLeast(workspace.Length, WorkspaceLength(n), nameof(workspace));
        var square = n * n;
        fixed (double* w = workspace, d = values, v = vectors)
        {
            var rows = w + square;
            var off = rows + square;
            if (!Scaling.TryLoadSymmetric(a, n, w, out var exponent))
            {
                return false;
            }

            Tridiagonalize(n, w, d, off, off + n, off + (2 * n));
            Accumulate(n, w, off + n, rows);
            if (!Iterate(n, d, off, rows))
            {
                return false;
            }

            Sort(n, d, rows);
            for (var i = 0; i < n; i++)
            {
                d[i] = Math.ScaleB(d[i], exponent);
                var sign = Scaling.Sign(rows + (i * n), 1, n);
                for (var j = 0; j < n; j++)
                {
                    v[(j * n) + i] = sign * rows[(i * n) + j];
                }
            }
        }

        return true;
    }

    /// <summary>d and e become the tridiagonal matrix, row k of A the vector of reflection k from k + 1 on.</summary>
    private static void Tridiagonalize(int n, double* a, double* d, double* e, double* tau, double* w)
    {
        for (var k = 0; k < n; k++)
        {
            var v = a + (k * n) + k + 1;
            var length = n - k - 1;
            d[k] = a[k * (n + 1)];
            if (length == 0)
            {
                e[k] = 0;
                break;
            }

            tau[k] = MakeReflection(length, v, out e[k]);
            if (tau[k] == 0)
            {
                continue;
            }

            var block = a + ((k + 1) * (n + 1));
            for (var i = 0; i < length; i++)
            {
                w[i] = tau[k] * VectorLoops.Dot(length, block + (i * n), v);
            }

            VectorLoops.AddMultiple(length, -0.5 * tau[k] * VectorLoops.Dot(length, w, v), v, w);
            for (var i = 0; i < length; i++)
            {
                VectorLoops.AddMultiple(length, -v[i], w, block + (i * n));
                VectorLoops.AddMultiple(length, -w[i], v, block + (i * n));
            }
        }
    }

    /// <summary>H x = beta e_0 with v over x, v_0 = 1; returns tau, 0 where x is that already.</summary>
    private static double MakeReflection(int n, double* x, out double beta)
    {
        var scale = 0.0;
        for (var i = 1; i < n; i++)
        {
            scale = Math.Max(scale, Math.Abs(x[i]));
        }

        beta = x[0];
        if (scale == 0)
        {
            return 0;
        }

        scale = Math.Max(scale, Math.Abs(x[0]));
        VectorLoops.Divide(n, x, scale);
        var head = x[0];
        beta = -Math.CopySign(Math.Sqrt(VectorLoops.Dot(n, x, x)), head);
        var tau = (beta - head) / beta;
        VectorLoops.Divide(n, x, head - beta);
        x[0] = 1;
        beta *= scale;
        return tau;
    }

    private static void Accumulate(int n, double* a, double* tau, double* q)
    {
        new Span<double>(q, n * n).Clear();
        for (var i = 0; i < n; i++)
        {
            q[i * (n + 1)] = 1;
        }

        for (var k = n - 2; k >= 0; k--)
        {
            if (tau[k] == 0)
            {
                continue;
            }

            var v = a + (k * n) + k + 1;
            for (var i = k + 1; i < n; i++)
            {
                var row = q + (i * n) + k + 1;
                VectorLoops.AddMultiple(n - k - 1, -tau[k] * VectorLoops.Dot(n - k - 1, row, v), v, row);
            }
        }
    }

    /// <summary>
    /// QL steps until e vanishes. Rounding of the size of the whole matrix has entered it already, so what is below that counts as zero: in
    /// a null space of several dimensions it never falls below the rounding of its own diagonal.
    /// </summary>
    private static bool Iterate(int n, double* d, double* e, double* rows)
    {
        const double Epsilon = 1.1e-16;
        var norm = 0.0;
        for (var i = 0; i < n; i++)
        {
            norm = Math.Max(norm, Math.Abs(d[i]) + (i < n - 1 ? Math.Abs(e[i]) : 0));
        }

        for (var l = 0; l < n; l++)
        {
            for (var step = 0; ; step++)
            {
                var m = l;
                while (m < n - 1 && Math.Abs(e[m]) > Epsilon * Math.Max(norm, Math.Abs(d[m]) + Math.Abs(d[m + 1])))
                {
                    m++;
                }

                if (m == l)
                {
                    break;
                }

                if (step == StepsPerValue)
                {
                    return false;
                }

                e[m] = 0;
                Step(n, l, m, d, e, rows);
            }
        }

        return true;
    }

    /// <summary>One implicit QL step on rows l to m.</summary>
    private static void Step(int n, int l, int m, double* d, double* e, double* rows)
    {
        var g = (d[l + 1] - d[l]) / (2 * e[l]);
        g = d[m] - d[l] + (e[l] / (g + Math.CopySign(Hypotenuse(g, 1), g)));
        var (s, c, p) = (1.0, 1.0, 0.0);
        for (var i = m - 1; i >= l; i--)
        {
            var (f, b) = (s * e[i], c * e[i]);
            var r = Hypotenuse(f, g);
            e[i + 1] = r;
            if (r == 0)
            {
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }

            (s, c) = (f / r, g / r);
            g = d[i + 1] - p;
            r = ((d[i] - g) * s) + (2 * c * b);
            p = s * r;
            d[i + 1] = g + p;
            g = (c * r) - b;
            VectorLoops.Rotate(n, c, s, rows + ((i + 1) * n), rows + (i * n));
        }

        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }

    private static double Hypotenuse(double x, double y)
    {
        var (large, small) = (Math.Max(Math.Abs(x), Math.Abs(y)), Math.Min(Math.Abs(x), Math.Abs(y)));
        var ratio = small / large;
        return large == 0 ? 0 : large * Math.Sqrt(1 + (ratio * ratio));
    }

    private static void Sort(int n, double* d, double* rows)
    {
        for (var i = 0; i < n - 1; i++)
        {
            var least = i;
            for (var j = i + 1; j < n; j++)
            {
                least = d[j] < d[least] ? j : least;
            }

            if (least != i)
            {
                (d[i], d[least]) = (d[least], d[i]);
                VectorLoops.Swap(n, rows + (i * n), rows + (least * n));
            }
        }
    }
}
