// Forward substitution with a small lower triangle and many right-hand sides, row-oriented (Golub and Van Loan, "Matrix
// Computations", 4th ed., section 3.1): x_i = (b_i - sum over j < i of t_ij x_j) / t_ii for a strip of columns at a time.
// An upper triangle is a lower one read from its last corner, with both strides negated.

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>The base case of the blocked triangular solve.</summary>
internal static unsafe class TriangularKernel
{
    /// <summary>The largest triangle solved without splitting.</summary>
    public const int MaximumSize = 16;

    /// <summary>Solves T X = B in place of B for a lower triangle.</summary>
    /// <param name="n">Rows of T.</param>
    /// <param name="t">The triangle.</param>
    /// <param name="b">Right-hand sides, n x <paramref name="columns"/>, rows contiguous.</param>
    /// <param name="columns">Right-hand sides.</param>
    /// <param name="unitDiagonal">Take the diagonal as ones without reading it.</param>
    public static void SolveLower<T>(int n, StridedMatrix<T> t, StridedMatrix<T> b, int columns, bool unitDiagonal)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var lanes = MicroKernel.Lanes<T>();
        var j = 0;
        for (; j + (4 * lanes) <= columns; j += 4 * lanes)
        {
            FourVectors(n, t, b.At(0, j), b.RowStride, unitDiagonal);
        }

        for (; j + lanes <= columns; j += lanes)
        {
            OneVector(n, t, b.At(0, j), b.RowStride, unitDiagonal);
        }

        for (; j < columns; j++)
        {
            OneColumn(n, t, b.At(0, j), b.RowStride, unitDiagonal);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void FourVectors<T>(int n, StridedMatrix<T> t, T* b, nint stride, bool unitDiagonal)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < n; i++)
        {
            var row = t.At(i, 0);
            var target = b + (i * stride);
            var x0 = Vector512.Load(target);
            var x1 = Vector512.Load(target + Vector512<T>.Count);
            var x2 = Vector512.Load(target + (2 * Vector512<T>.Count));
            var x3 = Vector512.Load(target + (3 * Vector512<T>.Count));
            var solved = b;
            for (var j = 0; j < i; j++)
            {
                var s = Vector512.Create(-*row);
                x0 = WideVector.FusedMultiplyAdd(s, Vector512.Load(solved), x0);
                x1 = WideVector.FusedMultiplyAdd(s, Vector512.Load(solved + Vector512<T>.Count), x1);
                x2 = WideVector.FusedMultiplyAdd(s, Vector512.Load(solved + (2 * Vector512<T>.Count)), x2);
                x3 = WideVector.FusedMultiplyAdd(s, Vector512.Load(solved + (3 * Vector512<T>.Count)), x3);
                solved += stride;
                row += t.ColumnStride;
            }

            if (!unitDiagonal)
            {
                var d = Vector512.Create(*row);
                x0 /= d;
                x1 /= d;
                x2 /= d;
                x3 /= d;
            }

            x0.Store(target);
            x1.Store(target + Vector512<T>.Count);
            x2.Store(target + (2 * Vector512<T>.Count));
            x3.Store(target + (3 * Vector512<T>.Count));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void OneVector<T>(int n, StridedMatrix<T> t, T* b, nint stride, bool unitDiagonal)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < n; i++)
        {
            var row = t.At(i, 0);
            var target = b + (i * stride);
            var x = Vector512.Load(target);
            var solved = b;
            for (var j = 0; j < i; j++)
            {
                x = WideVector.FusedMultiplyAdd(Vector512.Create(-*row), Vector512.Load(solved), x);
                solved += stride;
                row += t.ColumnStride;
            }

            if (!unitDiagonal)
            {
                x /= Vector512.Create(*row);
            }

            x.Store(target);
        }
    }

    /// <summary>Column-oriented, so that the updates after each unknown do not wait for one another.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OneColumn<T>(int n, StridedMatrix<T> t, T* b, nint stride, bool unitDiagonal)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var j = 0; j < n; j++)
        {
            var column = t.At(j, j);
            var target = b + (j * stride);
            var x = unitDiagonal ? *target : *target / *column;
            *target = x;
            for (var i = j + 1; i < n; i++)
            {
                column += t.RowStride;
                target += stride;
                *target = T.FusedMultiplyAdd(-*column, x, *target);
            }
        }
    }
}
