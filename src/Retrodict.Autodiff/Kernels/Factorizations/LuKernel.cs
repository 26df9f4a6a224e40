// P A = L U for a panel of at most 16 columns, row by row (Golub and Van Loan, "Matrix Computations", 4th ed., algorithm 3.4.1; LAPACK's
// dgetf2). The panel is copied into rows of 16, so that an elimination is one or two whole vectors a row.

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>The base case of the blocked LU factorization.</summary>
internal static unsafe class LuKernel
{
    /// <summary>The most columns factored without splitting.</summary>
    public const int MaximumSize = 16;

    /// <summary>Elements of scratch for a panel of m rows.</summary>
    public static int ScratchLength(int m) => (m + 1) * MaximumSize;

    /// <summary>Factors an m x n panel, m &gt;= n, in place; step k exchanged row k with row pivots[k].</summary>
    /// <returns>-1, or the first pivot that is zero: nothing was eliminated with it.</returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static int FactorPanel<T>(int m, int n, StridedMatrix<T> a, Span<int> pivots, T* scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // The pivot row with zeros up to the diagonal: what is stored there then stays as it is.
        var pivotRow = scratch;
        var w = scratch + MaximumSize;
        for (var i = 0; i < m; i++)
        {
            var row = new Span<T>(w + (i * MaximumSize), MaximumSize);
            new ReadOnlySpan<T>(a.At(i, 0), n).CopyTo(row);
            row[n..].Clear();
        }

        var failing = -1;
        for (var k = 0; k < n; k++)
        {
            var p = LargestInColumn(m, k, w);
            pivots[k] = p;
            var row = w + (k * MaximumSize);
            if (p != k)
            {
                VectorLoops.Swap(MaximumSize, row, w + (p * MaximumSize));
            }

            var pivot = row[k];
            if (pivot == T.Zero)
            {
                failing = failing < 0 ? k : failing;
                continue;
            }

            new Span<T>(pivotRow, k + 1).Clear();
            new ReadOnlySpan<T>(row + k + 1, MaximumSize - k - 1).CopyTo(new Span<T>(pivotRow + k + 1, MaximumSize - k - 1));
            var first = (k + 1) / Vector512<T>.Count * Vector512<T>.Count;
            for (var i = k + 1; i < m; i++)
            {
                var target = w + (i * MaximumSize);
                var multiplier = target[k] / pivot;
                target[k] = multiplier;
                var factor = Vector512.Create(-multiplier);
                for (var v = first; v < MaximumSize; v += Vector512<T>.Count)
                {
                    WideVector.FusedMultiplyAdd(factor, Vector512.Load(pivotRow + v), Vector512.Load(target + v)).Store(target + v);
                }
            }
        }

        for (var i = 0; i < m; i++)
        {
            new ReadOnlySpan<T>(w + (i * MaximumSize), n).CopyTo(new Span<T>(a.At(i, 0), n));
        }

        return failing;
    }

    /// <summary>The first row from k on whose element of column k is largest in size; k itself where that is NaN.</summary>
    private static int LargestInColumn<T>(int m, int k, T* w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var best = k;
        var size = T.Abs(w[(k * MaximumSize) + k]);
        for (var i = k + 1; i < m; i++)
        {
            var candidate = T.Abs(w[(i * MaximumSize) + k]);
            if (candidate > size)
            {
                (best, size) = (i, candidate);
            }
        }

        return best;
    }
}
