// A = L L' for symmetric positive definite A of bandwidth p, without fill (Golub and Van Loan, "Matrix Computations", 4th ed., algorithm
// 4.3.5; LAPACK's dpbtf2): n (p² + 3 p) operations. A comes as its lower diagonals, row d of [p + 1, n] holding a_{j+d, j} at j (LAPACK's
// lower band storage); the last d elements of row d lie outside A and are not read. The factor is kept by columns, row j of [n, p + 1]
// holding l_jj, l_{j+1, j}, ..., so that every update is of neighboring elements.

using System.Numerics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.LinearAlgebra;

/// <summary>Factors symmetric positive definite band matrices and solves with the factor.</summary>
internal static unsafe class BandedCholeskyFactorization
{
    /// <summary>Factors A.</summary>
    /// <param name="diagonals">The lower diagonals, width x n.</param>
    /// <param name="n">Rows of A.</param>
    /// <param name="width">Bandwidth plus one.</param>
    /// <param name="factor">The columns of L, n x width; zeros where they reach below the last row.</param>
    /// <returns>Whether A is numerically positive definite; otherwise the factor is undefined.</returns>
    public static bool TryFactor<T>(ReadOnlySpan<T> diagonals, int n, int width, Span<T> factor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var j = 0; j < n; j++)
        {
            for (var d = 0; d < width; d++)
            {
                factor[(j * width) + d] = j + d < n ? diagonals[(d * n) + j] : T.Zero;
            }
        }

        fixed (T* f = factor)
        {
            for (var j = 0; j < n; j++)
            {
                var column = f + (j * width);
                var length = Math.Min(width, n - j);
                var pivot = *column;
                if (!(pivot > T.Zero && T.IsFinite(pivot)))
                {
                    return false;
                }

                VectorLoops.Divide(length, column, T.Sqrt(pivot));
                for (var i = 1; i < length; i++)
                {
                    VectorLoops.AddMultiple(length - i, -column[i], column + i, column + (i * width));
                }
            }
        }

        return true;
    }

    /// <summary>Solves A X = B from the factor; B, n x columns row-major, becomes X.</summary>
    public static void Solve<T>(ReadOnlySpan<T> factor, int n, int width, Span<T> b, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* f = factor, x = b)
        {
            for (var j = 0; j < n; j++)
            {
                var column = f + (j * width);
                var row = x + (j * columns);
                var length = Math.Min(width, n - j);
                VectorLoops.Divide(columns, row, *column);
                if (columns == 1)
                {
                    VectorLoops.AddMultiple(length - 1, -*row, column + 1, row + 1);
                    continue;
                }

                for (var i = 1; i < length; i++)
                {
                    VectorLoops.AddMultiple(columns, -column[i], row, row + (i * columns));
                }
            }

            for (var j = n - 1; j >= 0; j--)
            {
                var column = f + (j * width);
                var row = x + (j * columns);
                var length = Math.Min(width, n - j);
                if (columns == 1)
                {
                    *row -= VectorLoops.Dot(length - 1, column + 1, row + 1);
                }
                else
                {
                    for (var i = 1; i < length; i++)
                    {
                        VectorLoops.AddMultiple(columns, -column[i], row + (i * columns), row);
                    }
                }

                VectorLoops.Divide(columns, row, *column);
            }
        }
    }
}
