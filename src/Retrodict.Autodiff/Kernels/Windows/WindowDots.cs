// The dot products of a convolution's kernel gradient: lines of numbers, whose vectors follow each other, with shifted copies of a padded
// image, whose vectors begin anywhere. Each dot product is summed lane by lane and then by halves: bits do not depend on how the work is
// cut into tiles, nor on the machine's vectors.

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>What <see cref="WindowDots"/> multiplies: sum over positions of line[row, position] image[position + shift].</summary>
internal unsafe struct DotFactors<T>
    where T : unmanaged
{
    /// <summary>The lines, and how far they lie apart.</summary>
    public T* Lines;
    public nint LineStride;

    /// <summary>
    /// The padded image, where in it each vector of positions starts, and how far its second half lies from there if that is apart.
    /// </summary>
    public T* Image;
    public int* Reads;
    public int Vectors;
    public nint ReadApart;

    /// <summary>The shifts.</summary>
    public int* Shifts;
}

/// <summary>Dot products of lines with shifted copies of an image.</summary>
internal static unsafe class WindowDots
{
    private const int Columns = 4;
    private const int TileLength = 6 * Columns;

    /// <summary>Elements in which the sums of so many rows and shifts are kept, in tiles.</summary>
    public static int SumsLength(int rows, int shifts)
    {
        var tiles = 0;
        for (var row = 0; row < rows; row += WindowProduct.Height(rows - row))
        {
            tiles++;
        }

        return tiles * ((shifts + Columns - 1) / Columns) * TileLength;
    }

    /// <summary>Adds to sums in tiles.</summary>
    /// <param name="f">The factors.</param>
    /// <param name="rows">How many lines.</param>
    /// <param name="shifts">How many shifts.</param>
    /// <param name="halves">Whether the halves of the image's vectors lie apart.</param>
    /// <param name="sums">The sums, <see cref="SumsLength"/> elements.</param>
    public static void Add<T>(in DotFactors<T> f, int rows, int shifts, bool halves, T* sums)
        where T : unmanaged
    {
        if (halves)
        {
            Add<T, HalfVectors>(f, rows, shifts, sums);
        }
        else
        {
            Add<T, WholeVectors>(f, rows, shifts, sums);
        }
    }

    /// <summary>Puts the sums where they belong: c[rowStarts[i] + places[j]].</summary>
    /// <param name="rows">How many lines.</param>
    /// <param name="shifts">How many shifts.</param>
    /// <param name="sums">The sums in tiles.</param>
    /// <param name="c">The result.</param>
    /// <param name="rowStarts">Where its rows start.</param>
    /// <param name="places">Where the shifts' results lie from there.</param>
    /// <param name="add">Whether to add to what stands there.</param>
    public static void Scatter<T>(int rows, int shifts, T* sums, T* c, int* rowStarts, int* places, bool add)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        for (int row = 0, height; row < rows; row += height)
        {
            height = WindowProduct.Height(rows - row);
            int lines = Math.Min(height, rows - row);
            for (var j = 0; j < shifts; j += Columns, sums += TileLength)
            {
                int columns = Math.Min(Columns, shifts - j);
                if (!add && columns == Columns && AreNeighbors(places + j))
                {
                    for (var y = 0; y < lines; y++)
                    {
                        new ReadOnlySpan<T>(sums + (Columns * y), Columns).CopyTo(new Span<T>(c + rowStarts[row + y] + places[j], Columns));
                    }

                    continue;
                }

                for (var y = 0; y < lines; y++)
                {
                    T* to = c + rowStarts[row + y];
                    for (var x = 0; x < columns; x++)
                    {
                        ref T element = ref to[places[j + x]];
                        element = add ? element + sums[(Columns * y) + x] : sums[(Columns * y) + x];
                    }
                }
            }
        }
    }

    private static bool AreNeighbors(int* places) =>
        places[1] == places[0] + 1 && places[2] == places[0] + 2 && places[3] == places[0] + 3;

    private static void Add<T, TVectors>(in DotFactors<T> f, int rows, int shifts, T* sums)
        where T : unmanaged
        where TVectors : struct, IWindowVectors
    {
        // Outermost the rows, so that their lines stay in the first cache while the image passes.
        for (int row = 0, height; row < rows; row += height)
        {
            height = WindowProduct.Height(rows - row);
            var lines = f.Lines + (row * f.LineStride);
            for (var j = 0; j < shifts; j += Columns, sums += TileLength)
            {
                var columns = Math.Min(Columns, shifts - j);
                if (height == 6)
                {
                    Six<T, TVectors>(f, lines, rows - row, f.Shifts + j, columns, sums);
                }
                else if (height == 4)
                {
                    Four<T, TVectors>(f, lines, rows - row, f.Shifts + j, columns, sums);
                }
                else
                {
                    One<T, TVectors>(f, lines, f.Shifts + j, columns, sums);
                }
            }
        }
    }

    /// <summary>Six lines by four shifts.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Six<T, TVectors>(in DotFactors<T> f, T* a, int rows, int* shifts, int columns, T* sums)
        where T : unmanaged
        where TVectors : struct, IWindowVectors
    {
        var a1 = rows > 1 ? a + f.LineStride : a;
        var a2 = rows > 2 ? a1 + f.LineStride : a1;
        var a3 = rows > 3 ? a2 + f.LineStride : a2;
        var a4 = rows > 4 ? a3 + f.LineStride : a3;
        var a5 = rows > 5 ? a4 + f.LineStride : a4;
        var b0 = f.Image + shifts[0];
        var b1 = f.Image + shifts[Math.Min(1, columns - 1)];
        var b2 = f.Image + shifts[Math.Min(2, columns - 1)];
        var b3 = f.Image + shifts[Math.Min(3, columns - 1)];
        var apart = f.ReadApart;
        nint p = 0;
        Vector512<T> c00 = default, c01 = default, c02 = default, c03 = default;
        Vector512<T> c10 = default, c11 = default, c12 = default, c13 = default;
        Vector512<T> c20 = default, c21 = default, c22 = default, c23 = default;
        Vector512<T> c30 = default, c31 = default, c32 = default, c33 = default;
        Vector512<T> c40 = default, c41 = default, c42 = default, c43 = default;
        Vector512<T> c50 = default, c51 = default, c52 = default, c53 = default;
        var end = f.Reads + f.Vectors;
        for (var read = f.Reads; read < end; read++)
        {
            nint at = *read;
            var y0 = TVectors.Load(b0 + at, apart);
            var y1 = TVectors.Load(b1 + at, apart);
            var y2 = TVectors.Load(b2 + at, apart);
            var y3 = TVectors.Load(b3 + at, apart);
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
            p += Vector512<T>.Count;
        }

        LaneSums.Add(sums, c00, c01, c02, c03);
        LaneSums.Add(sums + 4, c10, c11, c12, c13);
        LaneSums.Add(sums + 8, c20, c21, c22, c23);
        LaneSums.Add(sums + 12, c30, c31, c32, c33);
        LaneSums.Add(sums + 16, c40, c41, c42, c43);
        LaneSums.Add(sums + 20, c50, c51, c52, c53);
    }

    /// <summary>Four lines by four shifts.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Four<T, TVectors>(in DotFactors<T> f, T* a, int rows, int* shifts, int columns, T* sums)
        where T : unmanaged
        where TVectors : struct, IWindowVectors
    {
        var a1 = rows > 1 ? a + f.LineStride : a;
        var a2 = rows > 2 ? a1 + f.LineStride : a1;
        var a3 = rows > 3 ? a2 + f.LineStride : a2;
        var b0 = f.Image + shifts[0];
        var b1 = f.Image + shifts[Math.Min(1, columns - 1)];
        var b2 = f.Image + shifts[Math.Min(2, columns - 1)];
        var b3 = f.Image + shifts[Math.Min(3, columns - 1)];
        var apart = f.ReadApart;
        nint p = 0;
        Vector512<T> c00 = default, c01 = default, c02 = default, c03 = default;
        Vector512<T> c10 = default, c11 = default, c12 = default, c13 = default;
        Vector512<T> c20 = default, c21 = default, c22 = default, c23 = default;
        Vector512<T> c30 = default, c31 = default, c32 = default, c33 = default;
        var end = f.Reads + f.Vectors;
        for (var read = f.Reads; read < end; read++)
        {
            nint at = *read;
            var y0 = TVectors.Load(b0 + at, apart);
            var y1 = TVectors.Load(b1 + at, apart);
            var y2 = TVectors.Load(b2 + at, apart);
            var y3 = TVectors.Load(b3 + at, apart);
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
            p += Vector512<T>.Count;
        }

        LaneSums.Add(sums, c00, c01, c02, c03);
        LaneSums.Add(sums + 4, c10, c11, c12, c13);
        LaneSums.Add(sums + 8, c20, c21, c22, c23);
        LaneSums.Add(sums + 12, c30, c31, c32, c33);
    }

    /// <summary>One line by four shifts.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void One<T, TVectors>(in DotFactors<T> f, T* a, int* shifts, int columns, T* sums)
        where T : unmanaged
        where TVectors : struct, IWindowVectors
    {
        var b0 = f.Image + shifts[0];
        var b1 = f.Image + shifts[Math.Min(1, columns - 1)];
        var b2 = f.Image + shifts[Math.Min(2, columns - 1)];
        var b3 = f.Image + shifts[Math.Min(3, columns - 1)];
        var apart = f.ReadApart;
        nint p = 0;
        Vector512<T> c00 = default, c01 = default, c02 = default, c03 = default;
        var end = f.Reads + f.Vectors;
        for (var read = f.Reads; read < end; read++)
        {
            nint at = *read;
            var y0 = TVectors.Load(b0 + at, apart);
            var y1 = TVectors.Load(b1 + at, apart);
            var y2 = TVectors.Load(b2 + at, apart);
            var y3 = TVectors.Load(b3 + at, apart);
            var x = Vector512.Load(a + p);
            c00 = WideVector.FusedMultiplyAdd(x, y0, c00);
            c01 = WideVector.FusedMultiplyAdd(x, y1, c01);
            c02 = WideVector.FusedMultiplyAdd(x, y2, c02);
            c03 = WideVector.FusedMultiplyAdd(x, y3, c03);
            p += Vector512<T>.Count;
        }

        LaneSums.Add(sums, c00, c01, c02, c03);
    }
}
