// y = A x in the two forms of Golub and Van Loan, "Matrix Computations" (4th ed.), section 1.1:
//     contiguous rows     dot products, four rows side by side, two partial sums of whole vectors per row;
//     contiguous columns  linear combination of columns ("axpy"), a strip of y staying in registers; eight columns at a time from end
//                         to end where the matrix comes from memory, which serves few long streams best.
// A row of y is computed the same way whichever rows are computed with it, so strips of rows may go to different threads.

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>Matrix times vector.</summary>
internal static unsafe class MatrixVector
{
    /// <summary>Elements of scratch needed for a vector of this length.</summary>
    public static int ScratchLength(int depth) => depth;

    /// <summary>y is updated with A x.</summary>
    /// <param name="rows">Rows of A.</param>
    /// <param name="depth">Columns of A, at least 1.</param>
    /// <param name="a">The matrix.</param>
    /// <param name="x">The vector, <paramref name="xStride"/> elements apart.</param>
    /// <param name="xStride">Stride of x.</param>
    /// <param name="y">The result, <paramref name="yStride"/> elements apart.</param>
    /// <param name="yStride">Stride of y.</param>
    /// <param name="update">What to do with the previous y.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> elements.</param>
    public static void Multiply<T>(
        int rows, int depth, StridedMatrix<T> a, T* x, nint xStride, T* y, nint yStride, ProductUpdate update, T* scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (a.ColumnStride == 1 && depth >= MicroKernel.Lanes<T>())
        {
            if (xStride != 1)
            {
                for (var p = 0; p < depth; p++)
                {
                    scratch[p] = x[p * xStride];
                }

                x = scratch;
            }

            Dots(rows, depth, a.Data, a.RowStride, x, y, yStride, update);
        }
        else if (a.RowStride == 1 && yStride == 1 && update == ProductUpdate.Replace && ColumnStreams.Suit<T>(rows, depth))
        {
            ColumnStreams.Combine(rows, depth, a.Data, a.ColumnStride, x, xStride, y);
        }
        else if (a.RowStride == 1 && rows >= MicroKernel.Lanes<T>())
        {
            Combination(rows, depth, a.Data, a.ColumnStride, x, xStride, y, yStride, update);
        }
        else if (a.RowStride == 1 && a.ColumnStride >= rows)
        {
            ShortCombination(rows, depth, a.Data, a.ColumnStride, x, xStride, y, yStride, update);
        }
        else
        {
            Elements(rows, depth, a, x, xStride, y, yStride, update);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Dots<T>(int rows, int depth, T* a, nint stride, T* x, T* y, nint yStride, ProductUpdate update)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var i = 0;
        for (; i + 4 <= rows; i += 4)
        {
            FourDots(depth, a, stride, x, y, yStride, update);
            a += 4 * stride;
            y += 4 * yStride;
        }

        for (; i < rows; i++)
        {
            OneDot(depth, a, x, y, update);
            a += stride;
            y += yStride;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void FourDots<T>(int depth, T* a, nint stride, T* x, T* y, nint yStride, ProductUpdate update)
        where T : unmanaged
    {
        Vector512<T> e0 = default, e1 = default, e2 = default, e3 = default;
        Vector512<T> o0 = default, o1 = default, o2 = default, o3 = default;
        var a1 = a + stride;
        var a2 = a1 + stride;
        var a3 = a2 + stride;
        nint p = 0;
        for (; p + (2 * Vector512<T>.Count) <= depth; p += 2 * Vector512<T>.Count)
        {
            var even = Vector512.Load(x + p);
            var odd = Vector512.Load(x + p + Vector512<T>.Count);
            e0 = WideVector.FusedMultiplyAdd(Vector512.Load(a + p), even, e0);
            e1 = WideVector.FusedMultiplyAdd(Vector512.Load(a1 + p), even, e1);
            e2 = WideVector.FusedMultiplyAdd(Vector512.Load(a2 + p), even, e2);
            e3 = WideVector.FusedMultiplyAdd(Vector512.Load(a3 + p), even, e3);
            o0 = WideVector.FusedMultiplyAdd(Vector512.Load(a + p + Vector512<T>.Count), odd, o0);
            o1 = WideVector.FusedMultiplyAdd(Vector512.Load(a1 + p + Vector512<T>.Count), odd, o1);
            o2 = WideVector.FusedMultiplyAdd(Vector512.Load(a2 + p + Vector512<T>.Count), odd, o2);
            o3 = WideVector.FusedMultiplyAdd(Vector512.Load(a3 + p + Vector512<T>.Count), odd, o3);
        }

        if (p + Vector512<T>.Count <= depth)
        {
            var even = Vector512.Load(x + p);
            e0 = WideVector.FusedMultiplyAdd(Vector512.Load(a + p), even, e0);
            e1 = WideVector.FusedMultiplyAdd(Vector512.Load(a1 + p), even, e1);
            e2 = WideVector.FusedMultiplyAdd(Vector512.Load(a2 + p), even, e2);
            e3 = WideVector.FusedMultiplyAdd(Vector512.Load(a3 + p), even, e3);
            p += Vector512<T>.Count;
        }

        if (p < depth)
        {
            // The last whole vector with the lanes already summed cleared in BOTH factors: zero times infinity would be NaN.
            var keep = WideVector.LastLanes<T>(depth - (int)p);
            p = depth - Vector512<T>.Count;
            var odd = Vector512.Load(x + p) & keep;
            o0 = WideVector.FusedMultiplyAdd(Vector512.Load(a + p) & keep, odd, o0);
            o1 = WideVector.FusedMultiplyAdd(Vector512.Load(a1 + p) & keep, odd, o1);
            o2 = WideVector.FusedMultiplyAdd(Vector512.Load(a2 + p) & keep, odd, o2);
            o3 = WideVector.FusedMultiplyAdd(Vector512.Load(a3 + p) & keep, odd, o3);
        }

        if (yStride == 1 && update == ProductUpdate.Replace)
        {
            LaneSums.Store(y, e0 + o0, e1 + o1, e2 + o2, e3 + o3);
            return;
        }

        Scalar.Update(y, WideVector.Sum(e0 + o0), update);
        Scalar.Update(y + yStride, WideVector.Sum(e1 + o1), update);
        Scalar.Update(y + (2 * yStride), WideVector.Sum(e2 + o2), update);
        Scalar.Update(y + (3 * yStride), WideVector.Sum(e3 + o3), update);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void OneDot<T>(int depth, T* a, T* x, T* y, ProductUpdate update)
        where T : unmanaged
    {
        Vector512<T> e = default, o = default;
        nint p = 0;
        for (; p + (2 * Vector512<T>.Count) <= depth; p += 2 * Vector512<T>.Count)
        {
            e = WideVector.FusedMultiplyAdd(Vector512.Load(a + p), Vector512.Load(x + p), e);
            o = WideVector.FusedMultiplyAdd(Vector512.Load(a + p + Vector512<T>.Count), Vector512.Load(x + p + Vector512<T>.Count), o);
        }

        if (p + Vector512<T>.Count <= depth)
        {
            e = WideVector.FusedMultiplyAdd(Vector512.Load(a + p), Vector512.Load(x + p), e);
            p += Vector512<T>.Count;
        }

        if (p < depth)
        {
            var keep = WideVector.LastLanes<T>(depth - (int)p);
            p = depth - Vector512<T>.Count;
            o = WideVector.FusedMultiplyAdd(Vector512.Load(a + p) & keep, Vector512.Load(x + p) & keep, o);
        }

        Scalar.Update(y, WideVector.Sum(e + o), update);
    }

    /// <summary>
    /// Contiguous columns: strips of eight, four, then one vector of y; the last strip overlaps and stores only what is new.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Combination<T>(
        int rows, int depth, T* a, nint stride, T* x, nint xStride, T* y, nint yStride, ProductUpdate update)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var lanes = MicroKernel.Lanes<T>();
        var strip = stackalloc T[8 * lanes];
        var i = 0;
        while (i < rows)
        {
            var first = i;
            int height;
            if (rows - i >= 8 * lanes)
            {
                height = 8 * lanes;
                EightVectors(depth, a + first, stride, x, xStride, strip);
            }
            else if (rows - i >= 4 * lanes)
            {
                height = 4 * lanes;
                FourVectors(depth, a + first, stride, x, xStride, strip);
            }
            else
            {
                height = Math.Min(lanes, rows - i);
                first = Math.Min(i, rows - lanes);
                new Span<T>(strip, lanes).Clear();
                OneVector(depth, a + first, stride, x, xStride, strip);
            }

            var from = strip + (i - first);
            if (update == ProductUpdate.Replace && yStride == 1)
            {
                new ReadOnlySpan<T>(from, height).CopyTo(new Span<T>(y + i, height));
            }
            else
            {
                for (var r = 0; r < height; r++)
                {
                    Scalar.Update(y + ((i + r) * yStride), from[r], update);
                }
            }

            i += height;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void EightVectors<T>(int depth, T* a, nint stride, T* x, nint xStride, T* strip)
        where T : unmanaged
    {
        Vector512<T> y0 = default, y1 = default, y2 = default, y3 = default;
        Vector512<T> y4 = default, y5 = default, y6 = default, y7 = default;
        for (var p = depth; p > 0; p--)
        {
            var s = Vector512.Create(*x);
            y0 = WideVector.FusedMultiplyAdd(s, Vector512.Load(a), y0);
            y1 = WideVector.FusedMultiplyAdd(s, Vector512.Load(a + Vector512<T>.Count), y1);
            y2 = WideVector.FusedMultiplyAdd(s, Vector512.Load(a + (2 * Vector512<T>.Count)), y2);
            y3 = WideVector.FusedMultiplyAdd(s, Vector512.Load(a + (3 * Vector512<T>.Count)), y3);
            y4 = WideVector.FusedMultiplyAdd(s, Vector512.Load(a + (4 * Vector512<T>.Count)), y4);
            y5 = WideVector.FusedMultiplyAdd(s, Vector512.Load(a + (5 * Vector512<T>.Count)), y5);
            y6 = WideVector.FusedMultiplyAdd(s, Vector512.Load(a + (6 * Vector512<T>.Count)), y6);
            y7 = WideVector.FusedMultiplyAdd(s, Vector512.Load(a + (7 * Vector512<T>.Count)), y7);
            x += xStride;
            a += stride;
        }

        y0.Store(strip);
        y1.Store(strip + Vector512<T>.Count);
        y2.Store(strip + (2 * Vector512<T>.Count));
        y3.Store(strip + (3 * Vector512<T>.Count));
        y4.Store(strip + (4 * Vector512<T>.Count));
        y5.Store(strip + (5 * Vector512<T>.Count));
        y6.Store(strip + (6 * Vector512<T>.Count));
        y7.Store(strip + (7 * Vector512<T>.Count));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void FourVectors<T>(int depth, T* a, nint stride, T* x, nint xStride, T* strip)
        where T : unmanaged
    {
        Vector512<T> y0 = default, y1 = default, y2 = default, y3 = default;
        for (var p = depth; p > 0; p--)
        {
            var s = Vector512.Create(*x);
            y0 = WideVector.FusedMultiplyAdd(s, Vector512.Load(a), y0);
            y1 = WideVector.FusedMultiplyAdd(s, Vector512.Load(a + Vector512<T>.Count), y1);
            y2 = WideVector.FusedMultiplyAdd(s, Vector512.Load(a + (2 * Vector512<T>.Count)), y2);
            y3 = WideVector.FusedMultiplyAdd(s, Vector512.Load(a + (3 * Vector512<T>.Count)), y3);
            x += xStride;
            a += stride;
        }

        y0.Store(strip);
        y1.Store(strip + Vector512<T>.Count);
        y2.Store(strip + (2 * Vector512<T>.Count));
        y3.Store(strip + (3 * Vector512<T>.Count));
    }

    /// <summary>
    /// Contiguous columns shorter than a vector. A whole vector is read where it ends before the matrix does: what it holds
    /// beyond the column belongs to later columns and its sums are dropped. The last columns go through a buffer.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ShortCombination<T>(
        int rows, int depth, T* a, nint stride, T* x, nint xStride, T* y, nint yStride, ProductUpdate update)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var lanes = MicroKernel.Lanes<T>();
        var strip = stackalloc T[2 * lanes];
        new Span<T>(strip, 2 * lanes).Clear();
        var buffer = strip + lanes;
        var room = ((depth - 1) * stride) + rows - lanes;
        var whole = room < 0 ? 0 : (int)(room / stride) + 1;
        OneVector(whole, a, stride, x, xStride, strip);
        for (var p = whole; p < depth; p++)
        {
            new ReadOnlySpan<T>(a + (p * stride), rows).CopyTo(new Span<T>(buffer, rows));
            OneVector(1, buffer, 0, x + (p * xStride), 0, strip);
        }

        for (var i = 0; i < rows; i++)
        {
            Scalar.Update(y + (i * yStride), strip[i], update);
        }
    }

    /// <summary>One vector of y, added to what <paramref name="strip"/> holds.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void OneVector<T>(int depth, T* a, nint stride, T* x, nint xStride, T* strip)
        where T : unmanaged
    {
        var y = Vector512.Load(strip);
        for (var p = depth; p > 0; p--)
        {
            y = WideVector.FusedMultiplyAdd(Vector512.Create(*x), Vector512.Load(a), y);
            x += xStride;
            a += stride;
        }

        y.Store(strip);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Elements<T>(
        int rows, int depth, StridedMatrix<T> a, T* x, nint xStride, T* y, nint yStride, ProductUpdate update)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var i = 0;
        for (; i + 4 <= rows; i += 4)
        {
            // Four independent sums, because one would wait for each multiply-add.
            T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
            var element = a.At(i, 0);
            for (var p = 0; p < depth; p++)
            {
                var s = x[p * xStride];
                s0 = T.FusedMultiplyAdd(element[0], s, s0);
                s1 = T.FusedMultiplyAdd(element[a.RowStride], s, s1);
                s2 = T.FusedMultiplyAdd(element[2 * a.RowStride], s, s2);
                s3 = T.FusedMultiplyAdd(element[3 * a.RowStride], s, s3);
                element += a.ColumnStride;
            }

            Scalar.Update(y + (i * yStride), s0, update);
            Scalar.Update(y + ((i + 1) * yStride), s1, update);
            Scalar.Update(y + ((i + 2) * yStride), s2, update);
            Scalar.Update(y + ((i + 3) * yStride), s3, update);
        }

        for (; i < rows; i++)
        {
            var row = a.At(i, 0);
            var sum = T.Zero;
            for (var p = 0; p < depth; p++)
            {
                sum = T.FusedMultiplyAdd(row[p * a.ColumnStride], x[p * xStride], sum);
            }

            Scalar.Update(y + (i * yStride), sum, update);
        }
    }
}
