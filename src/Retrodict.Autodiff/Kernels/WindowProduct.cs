// The innermost loops of the convolution (see ConvolutionLayout): like the matrix product's micro-kernel, but every row of B begins at a distance of its own
// from one base, and the columns of A are found through a table too. So taps read a padded image where it stands.
//
// Each element of C is one chain of fused multiply-adds in the order of p, whatever the tile, and each dot product is summed lane by lane and then by halves:
// bits do not depend on how the work is cut, nor on the machine's vectors. Machines without 512-bit registers take one row at a time, whose eight 256-bit
// sums stay in registers.

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>Products of a matrix with shifted copies of a line of numbers.</summary>
internal static unsafe class WindowProduct
{
    /// <summary>Columns of a tile of <see cref="Multiply"/>: columns are computed in multiples of it.</summary>
    public static int TileColumns<T>()
        where T : unmanaged => 4 * Vector512<T>.Count;

    /// <summary>C[i, j] = sum over p of a[rowStarts[i] + aAt[p]] b[bAt[p] + j].</summary>
    /// <param name="rows">Rows of C.</param>
    /// <param name="columns">Columns of C, a multiple of <see cref="TileColumns"/>; as many elements are read at every distance.</param>
    /// <param name="depth">Number of terms.</param>
    /// <param name="a">The left factor.</param>
    /// <param name="rowStarts">Where its rows start.</param>
    /// <param name="aAt">Where its columns lie from there.</param>
    /// <param name="b">The line.</param>
    /// <param name="bAt">Distances from its start.</param>
    /// <param name="c">The result, rows contiguous.</param>
    /// <param name="cRow">Elements from one row of C to the next.</param>
    public static void Multiply<T>(int rows, int columns, int depth, T* a, int* rowStarts, int* aAt, T* b, int* bAt, T* c, nint cRow)
        where T : unmanaged
    {
        for (var j = 0; j < columns; j += TileColumns<T>())
        {
            var to = c + j;
            for (int i = 0, r; i < rows; i += r)
            {
                r = Height(rows - i);
                if (r > 4)
                {
                    Six(depth, Math.Min(r, rows - i), a, rowStarts + i, aAt, b + j, bAt, to, cRow);
                }
                else if (r > 1)
                {
                    Four(depth, Math.Min(r, rows - i), a, rowStarts + i, aAt, b + j, bAt, to, cRow);
                }
                else
                {
                    One(depth, a, rowStarts + i, aAt, b + j, bAt, to, cRow);
                }

                to += r * cRow;
            }
        }
    }

    /// <summary>c[rowStarts[i] + cAt[j]] += sum over p below <paramref name="length"/> of a[i, p] b[bAt[j] + p].</summary>
    /// <param name="rows">Rows of A.</param>
    /// <param name="columns">Number of distances.</param>
    /// <param name="length">Terms of a sum, a multiple of the vector's length.</param>
    /// <param name="a">The left factor, rows contiguous.</param>
    /// <param name="aRow">Elements from one row of A to the next.</param>
    /// <param name="b">The line.</param>
    /// <param name="bAt">Distances from its start.</param>
    /// <param name="c">The sums.</param>
    /// <param name="rowStarts">Where the rows of sums start.</param>
    /// <param name="cAt">Where the columns lie from there.</param>
    public static void AddDots<T>(int rows, int columns, int length, T* a, nint aRow, T* b, int* bAt, T* c, int* rowStarts, int* cAt)
        where T : unmanaged, INumberBase<T>
    {
        var sums = stackalloc T[24];
        for (var j = 0; j < columns; j += 4)
        {
            var width = Math.Min(4, columns - j);
            var b0 = b + bAt[j];
            var b1 = b + bAt[j + Math.Min(1, width - 1)];
            var b2 = b + bAt[j + Math.Min(2, width - 1)];
            var b3 = b + bAt[j + (width - 1)];
            for (int i = 0, r; i < rows; i += r)
            {
                r = Height(rows - i) > 1 && rows - i > 2 ? 6 : 1;
                var height = Math.Min(r, rows - i);
                var from = a + (i * aRow);
                if (r == 6)
                {
                    DotsOfSix(length, height, from, aRow, b0, b1, b2, b3, sums);
                }
                else
                {
                    DotsOfOne(length, from, b0, b1, b2, b3, sums);
                }

                for (var y = 0; y < height; y++)
                {
                    for (var x = 0; x < width; x++)
                    {
                        c[rowStarts[i + y] + cAt[j + x]] += sums[(4 * y) + x];
                    }
                }
            }
        }
    }

    private static int Height(int rows) => !Vector512.IsHardwareAccelerated || rows == 1 ? 1 : rows is 2 or 3 or 4 ? 4 : 6;

    /// <summary>Six rows of C by four vectors.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Six<T>(int depth, int rows, T* a, int* rowStarts, int* aAt, T* b, int* bAt, T* c, nint cRow)
        where T : unmanaged
    {
        var a0 = a + rowStarts[0];
        var a1 = a + rowStarts[rows > 1 ? 1 : 0];
        var a2 = a + rowStarts[rows > 2 ? 2 : 0];
        var a3 = a + rowStarts[rows > 3 ? 3 : 0];
        var a4 = a + rowStarts[rows > 4 ? 4 : 0];
        var a5 = a + rowStarts[rows > 5 ? 5 : 0];

        Vector512<T> c00 = default, c01 = default, c02 = default, c03 = default;
        Vector512<T> c10 = default, c11 = default, c12 = default, c13 = default;
        Vector512<T> c20 = default, c21 = default, c22 = default, c23 = default;
        Vector512<T> c30 = default, c31 = default, c32 = default, c33 = default;
        Vector512<T> c40 = default, c41 = default, c42 = default, c43 = default;
        Vector512<T> c50 = default, c51 = default, c52 = default, c53 = default;
        for (var p = 0; p < depth; p++)
        {
            nint at = aAt[p];
            var from = b + bAt[p];
            var b0 = Vector512.Load(from);
            var b1 = Vector512.Load(from + Vector512<T>.Count);
            var b2 = Vector512.Load(from + (2 * Vector512<T>.Count));
            var b3 = Vector512.Load(from + (3 * Vector512<T>.Count));
            var x = Vector512.Create(a0[at]);
            c00 = WideVector.FusedMultiplyAdd(x, b0, c00);
            c01 = WideVector.FusedMultiplyAdd(x, b1, c01);
            c02 = WideVector.FusedMultiplyAdd(x, b2, c02);
            c03 = WideVector.FusedMultiplyAdd(x, b3, c03);
            x = Vector512.Create(a1[at]);
            c10 = WideVector.FusedMultiplyAdd(x, b0, c10);
            c11 = WideVector.FusedMultiplyAdd(x, b1, c11);
            c12 = WideVector.FusedMultiplyAdd(x, b2, c12);
            c13 = WideVector.FusedMultiplyAdd(x, b3, c13);
            x = Vector512.Create(a2[at]);
            c20 = WideVector.FusedMultiplyAdd(x, b0, c20);
            c21 = WideVector.FusedMultiplyAdd(x, b1, c21);
            c22 = WideVector.FusedMultiplyAdd(x, b2, c22);
            c23 = WideVector.FusedMultiplyAdd(x, b3, c23);
            x = Vector512.Create(a3[at]);
            c30 = WideVector.FusedMultiplyAdd(x, b0, c30);
            c31 = WideVector.FusedMultiplyAdd(x, b1, c31);
            c32 = WideVector.FusedMultiplyAdd(x, b2, c32);
            c33 = WideVector.FusedMultiplyAdd(x, b3, c33);
            x = Vector512.Create(a4[at]);
            c40 = WideVector.FusedMultiplyAdd(x, b0, c40);
            c41 = WideVector.FusedMultiplyAdd(x, b1, c41);
            c42 = WideVector.FusedMultiplyAdd(x, b2, c42);
            c43 = WideVector.FusedMultiplyAdd(x, b3, c43);
            x = Vector512.Create(a5[at]);
            c50 = WideVector.FusedMultiplyAdd(x, b0, c50);
            c51 = WideVector.FusedMultiplyAdd(x, b1, c51);
            c52 = WideVector.FusedMultiplyAdd(x, b2, c52);
            c53 = WideVector.FusedMultiplyAdd(x, b3, c53);
        }

        Store(c, c00, c01, c02, c03);
        if (rows > 1)
        {
            Store(c + cRow, c10, c11, c12, c13);
        }

        if (rows > 2)
        {
            Store(c + (2 * cRow), c20, c21, c22, c23);
        }

        if (rows > 3)
        {
            Store(c + (3 * cRow), c30, c31, c32, c33);
        }

        if (rows > 4)
        {
            Store(c + (4 * cRow), c40, c41, c42, c43);
        }

        if (rows > 5)
        {
            Store(c + (5 * cRow), c50, c51, c52, c53);
        }
    }

    /// <summary>Four rows of C by four vectors.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Four<T>(int depth, int rows, T* a, int* rowStarts, int* aAt, T* b, int* bAt, T* c, nint cRow)
        where T : unmanaged
    {
        var a0 = a + rowStarts[0];
        var a1 = a + rowStarts[rows > 1 ? 1 : 0];
        var a2 = a + rowStarts[rows > 2 ? 2 : 0];
        var a3 = a + rowStarts[rows > 3 ? 3 : 0];

        Vector512<T> c00 = default, c01 = default, c02 = default, c03 = default;
        Vector512<T> c10 = default, c11 = default, c12 = default, c13 = default;
        Vector512<T> c20 = default, c21 = default, c22 = default, c23 = default;
        Vector512<T> c30 = default, c31 = default, c32 = default, c33 = default;
        for (var p = 0; p < depth; p++)
        {
            nint at = aAt[p];
            var from = b + bAt[p];
            var b0 = Vector512.Load(from);
            var b1 = Vector512.Load(from + Vector512<T>.Count);
            var b2 = Vector512.Load(from + (2 * Vector512<T>.Count));
            var b3 = Vector512.Load(from + (3 * Vector512<T>.Count));
            var x = Vector512.Create(a0[at]);
            c00 = WideVector.FusedMultiplyAdd(x, b0, c00);
            c01 = WideVector.FusedMultiplyAdd(x, b1, c01);
            c02 = WideVector.FusedMultiplyAdd(x, b2, c02);
            c03 = WideVector.FusedMultiplyAdd(x, b3, c03);
            x = Vector512.Create(a1[at]);
            c10 = WideVector.FusedMultiplyAdd(x, b0, c10);
            c11 = WideVector.FusedMultiplyAdd(x, b1, c11);
            c12 = WideVector.FusedMultiplyAdd(x, b2, c12);
            c13 = WideVector.FusedMultiplyAdd(x, b3, c13);
            x = Vector512.Create(a2[at]);
            c20 = WideVector.FusedMultiplyAdd(x, b0, c20);
            c21 = WideVector.FusedMultiplyAdd(x, b1, c21);
            c22 = WideVector.FusedMultiplyAdd(x, b2, c22);
            c23 = WideVector.FusedMultiplyAdd(x, b3, c23);
            x = Vector512.Create(a3[at]);
            c30 = WideVector.FusedMultiplyAdd(x, b0, c30);
            c31 = WideVector.FusedMultiplyAdd(x, b1, c31);
            c32 = WideVector.FusedMultiplyAdd(x, b2, c32);
            c33 = WideVector.FusedMultiplyAdd(x, b3, c33);
        }

        Store(c, c00, c01, c02, c03);
        if (rows > 1)
        {
            Store(c + cRow, c10, c11, c12, c13);
        }

        if (rows > 2)
        {
            Store(c + (2 * cRow), c20, c21, c22, c23);
        }

        if (rows > 3)
        {
            Store(c + (3 * cRow), c30, c31, c32, c33);
        }
    }

    /// <summary>One row of C by four vectors.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void One<T>(int depth, T* a, int* rowStarts, int* aAt, T* b, int* bAt, T* c, nint cRow)
        where T : unmanaged
    {
        var a0 = a + rowStarts[0];

        Vector512<T> c00 = default, c01 = default, c02 = default, c03 = default;
        for (var p = 0; p < depth; p++)
        {
            nint at = aAt[p];
            var from = b + bAt[p];
            var b0 = Vector512.Load(from);
            var b1 = Vector512.Load(from + Vector512<T>.Count);
            var b2 = Vector512.Load(from + (2 * Vector512<T>.Count));
            var b3 = Vector512.Load(from + (3 * Vector512<T>.Count));
            var x = Vector512.Create(a0[at]);
            c00 = WideVector.FusedMultiplyAdd(x, b0, c00);
            c01 = WideVector.FusedMultiplyAdd(x, b1, c01);
            c02 = WideVector.FusedMultiplyAdd(x, b2, c02);
            c03 = WideVector.FusedMultiplyAdd(x, b3, c03);
        }

        Store(c, c00, c01, c02, c03);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void DotsOfSix<T>(int length, int rows, T* a, nint aRow, T* b0, T* b1, T* b2, T* b3, T* sums)
        where T : unmanaged
    {
        var a1 = rows > 1 ? a + aRow : a;
        var a2 = rows > 2 ? a1 + aRow : a1;
        var a3 = rows > 3 ? a2 + aRow : a2;
        var a4 = rows > 4 ? a3 + aRow : a3;
        var a5 = rows > 5 ? a4 + aRow : a4;

        Vector512<T> c00 = default, c01 = default, c02 = default, c03 = default;
        Vector512<T> c10 = default, c11 = default, c12 = default, c13 = default;
        Vector512<T> c20 = default, c21 = default, c22 = default, c23 = default;
        Vector512<T> c30 = default, c31 = default, c32 = default, c33 = default;
        Vector512<T> c40 = default, c41 = default, c42 = default, c43 = default;
        Vector512<T> c50 = default, c51 = default, c52 = default, c53 = default;
        for (nint p = 0; p < length; p += Vector512<T>.Count)
        {
            var y0 = Vector512.Load(b0 + p);
            var y1 = Vector512.Load(b1 + p);
            var y2 = Vector512.Load(b2 + p);
            var y3 = Vector512.Load(b3 + p);
            var x = Vector512.Load(a + p);
            c00 = WideVector.FusedMultiplyAdd(x, y0, c00);
            c01 = WideVector.FusedMultiplyAdd(x, y1, c01);
            c02 = WideVector.FusedMultiplyAdd(x, y2, c02);
            c03 = WideVector.FusedMultiplyAdd(x, y3, c03);
            x = Vector512.Load(a1 + p);
            c10 = WideVector.FusedMultiplyAdd(x, y0, c10);
            c11 = WideVector.FusedMultiplyAdd(x, y1, c11);
            c12 = WideVector.FusedMultiplyAdd(x, y2, c12);
            c13 = WideVector.FusedMultiplyAdd(x, y3, c13);
            x = Vector512.Load(a2 + p);
            c20 = WideVector.FusedMultiplyAdd(x, y0, c20);
            c21 = WideVector.FusedMultiplyAdd(x, y1, c21);
            c22 = WideVector.FusedMultiplyAdd(x, y2, c22);
            c23 = WideVector.FusedMultiplyAdd(x, y3, c23);
            x = Vector512.Load(a3 + p);
            c30 = WideVector.FusedMultiplyAdd(x, y0, c30);
            c31 = WideVector.FusedMultiplyAdd(x, y1, c31);
            c32 = WideVector.FusedMultiplyAdd(x, y2, c32);
            c33 = WideVector.FusedMultiplyAdd(x, y3, c33);
            x = Vector512.Load(a4 + p);
            c40 = WideVector.FusedMultiplyAdd(x, y0, c40);
            c41 = WideVector.FusedMultiplyAdd(x, y1, c41);
            c42 = WideVector.FusedMultiplyAdd(x, y2, c42);
            c43 = WideVector.FusedMultiplyAdd(x, y3, c43);
            x = Vector512.Load(a5 + p);
            c50 = WideVector.FusedMultiplyAdd(x, y0, c50);
            c51 = WideVector.FusedMultiplyAdd(x, y1, c51);
            c52 = WideVector.FusedMultiplyAdd(x, y2, c52);
            c53 = WideVector.FusedMultiplyAdd(x, y3, c53);
        }

        Sum(sums, c00, c01, c02, c03);
        Sum(sums + 4, c10, c11, c12, c13);
        Sum(sums + 8, c20, c21, c22, c23);
        Sum(sums + 12, c30, c31, c32, c33);
        Sum(sums + 16, c40, c41, c42, c43);
        Sum(sums + 20, c50, c51, c52, c53);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void DotsOfOne<T>(int length, T* a, T* b0, T* b1, T* b2, T* b3, T* sums)
        where T : unmanaged
    {
        Vector512<T> c00 = default, c01 = default, c02 = default, c03 = default;
        for (nint p = 0; p < length; p += Vector512<T>.Count)
        {
            var y0 = Vector512.Load(b0 + p);
            var y1 = Vector512.Load(b1 + p);
            var y2 = Vector512.Load(b2 + p);
            var y3 = Vector512.Load(b3 + p);
            var x = Vector512.Load(a + p);
            c00 = WideVector.FusedMultiplyAdd(x, y0, c00);
            c01 = WideVector.FusedMultiplyAdd(x, y1, c01);
            c02 = WideVector.FusedMultiplyAdd(x, y2, c02);
            c03 = WideVector.FusedMultiplyAdd(x, y3, c03);
        }

        Sum(sums, c00, c01, c02, c03);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(T* c, Vector512<T> v0, Vector512<T> v1, Vector512<T> v2, Vector512<T> v3)
        where T : unmanaged
    {
        v0.Store(c);
        v1.Store(c + Vector512<T>.Count);
        v2.Store(c + (2 * Vector512<T>.Count));
        v3.Store(c + (3 * Vector512<T>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum<T>(T* sums, Vector512<T> v0, Vector512<T> v1, Vector512<T> v2, Vector512<T> v3)
        where T : unmanaged
    {
        sums[0] = WideVector.Sum(v0);
        sums[1] = WideVector.Sum(v1);
        sums[2] = WideVector.Sum(v2);
        sums[3] = WideVector.Sum(v3);
    }
}
