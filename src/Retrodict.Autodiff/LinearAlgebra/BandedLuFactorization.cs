// P A = L U with partial pivoting for band matrices of p lower and q upper diagonals (Golub and Van Loan, "Matrix Computations", 4th ed.,
// section 4.3.3; LAPACK's dgbtf2). U fills up to p + q upper diagonals. A comes as its diagonals, row r of [p + q + 1, n] holding a_{j+r-q,
// j} at j (LAPACK's band storage: the highest diagonal first); elements outside A are not read. The factors are kept by rows, row i of [n,
// 2 p + q + 1] holding columns i - p to i + p + q, so that rows are exchanged and eliminated as runs of neighbors. A multiplier stays where
// its elimination put it and does not take part in later exchanges, so a solve exchanges and eliminates alternately.

using System.Numerics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.LinearAlgebra;

/// <summary>Factors band matrices with partial pivoting and solves with the factors.</summary>
/// <param name="N">Rows of the matrix.</param>
/// <param name="Lower">Diagonals below the main one.</param>
/// <param name="Upper">Diagonals above the main one.</param>
internal readonly unsafe record struct BandedLuFactorization(int N, int Lower, int Upper)
{
    /// <summary>Elements of the factors in a row.</summary>
    public int Width => (2 * Lower) + Upper + 1;

    private int Reach => Lower + Upper;

    /// <summary>Factors A.</summary>
    /// <param name="diagonals">The diagonals, (Lower + Upper + 1) x n.</param>
    /// <param name="factors">The factors, n x <see cref="Width"/>.</param>
    /// <param name="pivots">n elements: step k exchanged row k with row pivots[k].</param>
    public void Factor<T>(ReadOnlySpan<T> diagonals, Span<T> factors, Span<int> pivots)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Load(diagonals, factors);
        var last = 0;
        fixed (T* f = factors)
        {
            for (var k = 0; k < N; k++)
            {
                var below = Math.Min(Lower, N - 1 - k);
                var diagonal = f + (k * Width) + Lower;

                // One row down the same column is one element to the left.
                var down = Width - 1;
                var (best, size) = (0, T.Abs(*diagonal));
                for (var i = 1; i <= below; i++)
                {
                    if (T.Abs(diagonal[i * down]) is var candidate && candidate > size)
                    {
                        (best, size) = (i, candidate);
                    }
                }

                pivots[k] = k + best;
                last = Math.Max(last, Math.Min(k + best + Upper, N - 1));
                if (best != 0)
                {
                    VectorLoops.Swap(last - k + 1, diagonal, diagonal + (best * down));
                }

                var pivot = *diagonal;
                if (pivot == T.Zero)
                {
                    continue;
                }

                for (var i = 1; i <= below; i++)
                {
                    var target = diagonal + (i * down);
                    var multiplier = *target / pivot;
                    *target = multiplier;
                    VectorLoops.AddMultiple(last - k, -multiplier, diagonal + 1, target + 1);
                }
            }
        }
    }

    /// <summary>Whether no pivot is zero, infinite or NaN.</summary>
    public bool IsRegular<T>(ReadOnlySpan<T> factors)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var k = 0; k < N; k++)
        {
            var u = factors[(k * Width) + Lower];
            if (u == T.Zero || !T.IsFinite(u))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Solves A X = B, or A' X = B, from the factors; B, n x columns row-major, becomes X.</summary>
    public void Solve<T>(ReadOnlySpan<T> factors, ReadOnlySpan<int> pivots, Span<T> b, int columns, bool transposed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* f = factors, x = b)
        {
            if (transposed)
            {
                SolveTransposed(f, pivots, x, columns);
            }
            else
            {
                SolveDirect(f, pivots, x, columns);
            }
        }
    }

    private void SolveDirect<T>(T* f, ReadOnlySpan<int> pivots, T* x, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var down = Width - 1;
        for (var k = 0; k < N; k++)
        {
            var diagonal = f + (k * Width) + Lower;
            var row = x + (k * columns);
            if (pivots[k] != k)
            {
                VectorLoops.Swap(columns, row, x + (pivots[k] * columns));
            }

            for (var i = 1; i <= Math.Min(Lower, N - 1 - k); i++)
            {
                Subtract(columns, diagonal[i * down], row, row + (i * columns));
            }
        }

        for (var k = N - 1; k >= 0; k--)
        {
            var diagonal = f + (k * Width) + Lower;
            var row = x + (k * columns);
            var length = Math.Min(Reach, N - 1 - k);
            if (columns == 1)
            {
                *row -= VectorLoops.Dot(length, diagonal + 1, row + 1);
            }
            else
            {
                for (var j = 1; j <= length; j++)
                {
                    VectorLoops.AddMultiple(columns, -diagonal[j], row + (j * columns), row);
                }
            }

            VectorLoops.Divide(columns, row, *diagonal);
        }
    }

    private void SolveTransposed<T>(T* f, ReadOnlySpan<int> pivots, T* x, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var k = 0; k < N; k++)
        {
            var diagonal = f + (k * Width) + Lower;
            var row = x + (k * columns);
            var length = Math.Min(Reach, N - 1 - k);
            VectorLoops.Divide(columns, row, *diagonal);
            if (columns == 1)
            {
                VectorLoops.AddMultiple(length, -*row, diagonal + 1, row + 1);
                continue;
            }

            for (var j = 1; j <= length; j++)
            {
                VectorLoops.AddMultiple(columns, -diagonal[j], row, row + (j * columns));
            }
        }

        var down = Width - 1;
        for (var k = N - 1; k >= 0; k--)
        {
            var diagonal = f + (k * Width) + Lower;
            var row = x + (k * columns);
            for (var i = 1; i <= Math.Min(Lower, N - 1 - k); i++)
            {
                Subtract(columns, diagonal[i * down], row + (i * columns), row);
            }

            if (pivots[k] != k)
            {
                VectorLoops.Swap(columns, row, x + (pivots[k] * columns));
            }
        }
    }

    private static void Subtract<T>(int columns, T factor, T* from, T* to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (columns == 1)
        {
            *to = T.FusedMultiplyAdd(-factor, *from, *to);
        }
        else
        {
            VectorLoops.AddMultiple(columns, -factor, from, to);
        }
    }

    private void Load<T>(ReadOnlySpan<T> diagonals, Span<T> factors)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        factors.Clear();
        for (var i = 0; i < N; i++)
        {
            for (var j = Math.Max(0, i - Lower); j <= Math.Min(N - 1, i + Upper); j++)
            {
                factors[(i * Width) + Lower + j - i] = diagonals[((i - j + Upper) * N) + j];
            }
        }
    }
}
