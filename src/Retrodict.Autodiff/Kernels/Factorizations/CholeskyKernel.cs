// A = U'U row by row for a block of at most 16 (Golub and Van Loan, "Matrix Computations", 4th ed., section 4.2, outer-product
// form): the upper factor, because its rows are what lies contiguous in a row-major matrix.

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>The base case of the blocked Cholesky factorization.</summary>
internal static unsafe class CholeskyKernel
{
    /// <summary>The largest block factored without splitting.</summary>
    public const int MaximumSize = 16;

    /// <summary>Factors the upper triangle of an n x n block in place; the lower triangle is neither read nor written.</summary>
    /// <returns>-1, or the first pivot that is not positive and finite.</returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static int FactorUpper<T>(int n, StridedMatrix<T> a)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // A copy with whole rows: vectors may then run over the diagonal and the edge.
        var w = stackalloc T[MaximumSize * MaximumSize];
        new Span<T>(w, MaximumSize * MaximumSize).Clear();
        for (var i = 0; i < n; i++)
        {
            new ReadOnlySpan<T>(a.At(i, i), n - i).CopyTo(new Span<T>(w + (i * MaximumSize) + i, n - i));
        }

        for (var k = 0; k < n; k++)
        {
            var row = w + (k * MaximumSize);
            var pivot = row[k];
            if (!(pivot > T.Zero && T.IsFinite(pivot)))
            {
                return k;
            }

            var root = T.Sqrt(pivot);
            for (var v = 0; v < MaximumSize; v += Vector512<T>.Count)
            {
                (Vector512.Load(row + v) / Vector512.Create(root)).Store(row + v);
            }

            row[k] = root;
            for (var i = k + 1; i < n; i++)
            {
                var factor = Vector512.Create(-row[i]);
                var target = w + (i * MaximumSize);
                for (var v = 0; v < MaximumSize; v += Vector512<T>.Count)
                {
                    WideVector.FusedMultiplyAdd(factor, Vector512.Load(row + v), Vector512.Load(target + v)).Store(target + v);
                }
            }
        }

        for (var i = 0; i < n; i++)
        {
            new ReadOnlySpan<T>(w + (i * MaximumSize) + i, n - i).CopyTo(new Span<T>(a.At(i, i), n - i));
        }

        return -1;
    }
}
