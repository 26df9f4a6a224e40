// Householder reflections H = I - tau v v', v_0 = 1 (Golub and Van Loan, "Matrix Computations", 4th ed., section 5.1):
//     H x = beta e_0,   beta = -sign(x_0) |x|,   v = x / (x_0 - beta) below the first element,   tau = (beta - x_0) / beta.
// x is scaled by its largest element first, so that no square overflows or vanishes (LAPACK's dlarfg rescales for the same
// reason). The reflections of a factorization are stored as in LAPACK: v below the diagonal, tau aside.

using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.LinearAlgebra;

/// <summary>Makes and applies elementary reflections.</summary>
internal static unsafe class Householder
{
    /// <summary>Elements of workspace for reflections of length m applied to matrices of n columns.</summary>
    public static int WorkspaceLength(int m, int n) =>
        m + n + Math.Max(MatrixProduct.ScratchLength<double>(m, n, 1), MatrixProduct.ScratchLength<double>(1, n, m));

    /// <summary>Reflects column k of A, from its diagonal down, onto the diagonal: v and beta replace it.</summary>
    /// <returns>tau; 0 (no reflection) if there is nothing below the diagonal to remove.</returns>
    public static double Make(StridedMatrix<double> a, int m, int k)
    {
        var scale = 0.0;
        for (var i = k + 1; i < m; i++)
        {
            scale = Math.Max(scale, Math.Abs(*a.At(i, k)));
        }

        if (scale == 0)
        {
            return 0;
        }

        var head = *a.At(k, k);
        scale = Math.Max(scale, Math.Abs(head));
        var (first, sum) = (head / scale, 0.0);
        for (var i = k + 1; i < m; i++)
        {
            var x = *a.At(i, k) / scale;
            sum += x * x;
        }

        var beta = -Math.CopySign(Math.Sqrt((first * first) + sum), first);
        for (var i = k + 1; i < m; i++)
        {
            *a.At(i, k) = *a.At(i, k) / scale / (first - beta);
        }

        *a.At(k, k) = beta * scale;
        return (beta - first) / beta;
    }

    /// <summary>Applies the reflection stored in column k of A to the rows k.. of B, m x columns: B -= (tau v) (v'B).</summary>
    public static void Apply(
        StridedMatrix<double> a, int m, int k, double tau, StridedMatrix<double> b, int columns, Span<double> workspace)
    {
        if (tau == 0 || columns == 0)
        {
            return;
        }

        var length = m - k;
        fixed (double* v = workspace)
        {
            var w = v + m;
            var scratch = workspace[(m + columns)..];
            v[0] = 1;
            for (var i = 1; i < length; i++)
            {
                v[i] = *a.At(k + i, k);
            }

            var V = new StridedMatrix<double>(v, 1, 1);
            var W = new StridedMatrix<double>(w, columns, 1);
            var block = b.From(k, 0);
            MatrixProduct.Multiply(1, columns, length, V.Transposed, block, W, ProductUpdate.Replace, scratch);
            for (var i = 0; i < length; i++)
            {
                v[i] *= tau;
            }

            MatrixProduct.Multiply(length, columns, 1, V, W, block, ProductUpdate.Subtract, scratch);
        }
    }

    /// <summary>Factors A = QR without pivoting, in place.</summary>
    public static void Factor(StridedMatrix<double> a, int m, int n, Span<double> tau, Span<double> workspace)
    {
        for (var k = 0; k < Math.Min(m, n); k++)
        {
            tau[k] = Make(a, m, k);
            Apply(a, m, k, tau[k], a.From(0, k + 1), n - k - 1, workspace);
        }
    }

    /// <summary>B = Q'B: the reflections in the order they were made.</summary>
    public static void ApplyTransposed(
        StridedMatrix<double> a, int m, ReadOnlySpan<double> tau, StridedMatrix<double> b, int columns, Span<double> workspace)
    {
        for (var k = 0; k < tau.Length; k++)
        {
            Apply(a, m, k, tau[k], b, columns, workspace);
        }
    }

    /// <summary>B = QB: the reflections in reverse.</summary>
    public static void Apply(
        StridedMatrix<double> a, int m, ReadOnlySpan<double> tau, StridedMatrix<double> b, int columns, Span<double> workspace)
    {
        for (var k = tau.Length - 1; k >= 0; k--)
        {
            Apply(a, m, k, tau[k], b, columns, workspace);
        }
    }
}
