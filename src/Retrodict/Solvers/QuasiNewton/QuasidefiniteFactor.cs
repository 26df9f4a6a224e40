using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// A = U^T D U with a unit upper triangle U for small symmetric quasidefinite matrices, [-E  F^T; F  G] with positive definite E and G:
/// these have such a factorization in any order of their unknowns (Vanderbei 1995, Symmetric quasidefinite matrices, SIAM J. Optim. 5).
/// Nothing is allocated.
/// </summary>
/// <param name="capacity">The largest dimension.</param>
internal sealed class QuasidefiniteFactor(int capacity)
{
    private const int Block = 4;

    // Rows of whole vectors, zero outside of what is in use.
    private readonly int _stride = (capacity + Vector256<double>.Count - 1) / Vector256<double>.Count * Vector256<double>.Count;
    private readonly double[] _matrix =
        new double[capacity * ((capacity + Vector256<double>.Count - 1) / Vector256<double>.Count * Vector256<double>.Count)];
    private readonly double[] _inverses = new double[capacity];
    private readonly double[] _vector =
        new double[(capacity + Vector256<double>.Count - 1) / Vector256<double>.Count * Vector256<double>.Count];
    private readonly double[] _known = new double[Block];
    private int _n;

    /// <summary>Begins a matrix of this dimension; its upper triangle must then be written.</summary>
    public void Begin(int n) => _n = n;

    /// <summary>Row i of the upper triangle, from the diagonal on.</summary>
    public Span<double> Row(int i) => _matrix.AsSpan((i * _stride) + i, _n - i);

    /// <summary>Factors the matrix.</summary>
    /// <param name="negative">How many of the first pivots must be negative; the others must be positive.</param>
    /// <returns>Whether they are; otherwise the factor is of no use.</returns>
    public bool TryFactor(int negative)
    {
        Span<Vector256<double>> matrix = MemoryMarshal.Cast<double, Vector256<double>>(_matrix.AsSpan());
        int width = _stride / Vector256<double>.Count;
        int end = (_n + Vector256<double>.Count - 1) / Vector256<double>.Count;
        for (int k = 0; k < _n; k++)
        {
            Span<double> row = _matrix.AsSpan(k * _stride, _stride);
            double pivot = row[k];
            if (!(k < negative ? pivot < 0 : pivot > 0) || !double.IsFinite(pivot))
            {
                return false;
            }

            double inverse = _inverses[k] = 1 / pivot;
            ReadOnlySpan<Vector256<double>> source = matrix.Slice(k * width, end);
            for (int i = k + 1; i < _n; i++)
            {
                if (row[i] == 0)
                {
                    continue;
                }

                Vector256<double> factor = Vector256.Create(-row[i] * inverse);
                Span<Vector256<double>> target = matrix.Slice(i * width, source.Length);
                for (int j = i / Vector256<double>.Count; j < target.Length; j++)
                {
                    target[j] = Vector256.FusedMultiplyAdd(factor, source[j], target[j]);
                }
            }

            row[..(k + 1)].Clear();
            row[_n..].Clear();
            Vectors.Scale(inverse, row[(k + 1).._n]);
        }

        return true;
    }

    /// <summary>b := A^-1 b, four unknowns at a time.</summary>
    public void Solve(Span<double> b)
    {
        Span<double> x = _vector;
        b.CopyTo(x);
        x[_n..].Clear();
        Span<double> four = stackalloc double[Block];
        for (int k = 0; k < _n; k += Block)
        {
            int size = Math.Min(Block, _n - k);
            Span<double> solved = x.Slice(k, size);
            for (int i = 0; i < size; i++)
            {
                for (int j = i + 1; j < size; j++)
                {
                    solved[j] = Math.FusedMultiplyAdd(-_matrix[((k + i) * _stride) + k + j], solved[i], solved[j]);
                }
            }

            // The rows reach into the block itself, which is done.
            Span<double> kept = four[..size];
            solved.CopyTo(kept);
            Vectors.Scale(-1, kept);
            LongRows.AddTransposedTimes(_matrix.AsSpan(k * _stride, size * _stride), kept, x);
            for (int i = 0; i < size; i++)
            {
                solved[i] = -kept[i];
            }
        }

        for (int k = (_n - 1) / Block * Block; k >= 0; k -= Block)
        {
            int size = Math.Min(Block, _n - k);
            Span<double> unsolved = x.Slice(k, size);
            Span<double> sums = four[..size];
            for (int i = 0; i < size; i++)
            {
                (sums[i], unsolved[i]) = (unsolved[i] * _inverses[k + i], 0);
            }

            Span<double> known = _known.AsSpan(0, size);
            LongRows.Times(_matrix.AsSpan(k * _stride, size * _stride), x, known);
            for (int i = size - 1; i >= 0; i--)
            {
                double sum = sums[i] - known[i];
                for (int j = i + 1; j < size; j++)
                {
                    sum = Math.FusedMultiplyAdd(-_matrix[((k + i) * _stride) + k + j], unsolved[j], sum);
                }

                unsolved[i] = sum;
            }
        }

        x[.._n].CopyTo(b);
    }
}
