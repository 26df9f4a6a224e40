// The innermost loops of the convolution (see ConvolutionLayout): like the matrix product's micro-kernel, but a column of C is a position,
// and the vectors of positions that a tile holds begin anywhere in the padded image; each term reads all of them at one distance, and finds
// its column of A through a table too. So taps read a padded image where it stands, and lines of any length fill whole vectors.
//
// Each element of C is one chain of fused multiply-adds in the order of the terms, whatever the tile: bits do not depend on how the work is
// cut, nor on the machine's vectors. Machines without 512-bit registers take one row at a time, whose eight 256-bit sums stay in registers.

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>
/// What <see cref="WindowProduct"/> multiplies: c[row, position] = sum over terms of tap[row, term] image[position + shift of the term].
/// </summary>
internal unsafe struct WindowFactors<T>
    where T : unmanaged
{
    /// <summary>The left factor and where its rows start.</summary>
    public T* Taps;
    public int* TapRows;

    /// <summary>For each term its place in a row of the left factor and its shift.</summary>
    public int* Terms;
    public int Depth;

    /// <summary>The padded image, and where in it each vector of positions starts.</summary>
    public T* Image;
    public int* Reads;

    /// <summary>From the first to the second half of a vector, if these lie apart.</summary>
    public nint ReadApart;

    /// <summary>The result, where its rows start, and where in a row each vector goes.</summary>
    public T* Result;
    public int* ResultRows;
    public int* Places;
    public nint PlaceApart;
}

/// <summary>Products of a matrix with shifted copies of an image.</summary>
internal static unsafe class WindowProduct
{
    /// <summary>Vectors of a tile: tables are filled up to a multiple of it.</summary>
    public const int Vectors = 4;

    /// <summary>Computes the result.</summary>
    /// <param name="f">The factors.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="vectors">Vectors of positions, a multiple of <see cref="Vectors"/>.</param>
    /// <param name="halves">Whether the halves of vectors lie apart.</param>
    public static void Multiply<T>(in WindowFactors<T> f, int rows, int vectors, bool halves)
        where T : unmanaged
    {
        if (halves)
        {
            Multiply<T, HalfVectors>(f, rows, vectors);
        }
        else
        {
            Multiply<T, WholeVectors>(f, rows, vectors);
        }
    }

    /// <summary>Rows of the next tile when so many are left.</summary>
    public static int Height(int rows) => !Vector512.IsHardwareAccelerated || rows == 1 ? 1 : rows is 2 or 3 or 4 or 7 or 8 ? 4 : 6;

    private static void Multiply<T, TVectors>(in WindowFactors<T> f, int rows, int vectors)
        where T : unmanaged
        where TVectors : struct, IWindowVectors
    {
        for (var vector = 0; vector < vectors; vector += Vectors)
        {
            for (int row = 0, height; row < rows; row += height)
            {
                height = Height(rows - row);
                if (height == 6)
                {
                    Six<T, TVectors>(f, row, Math.Min(height, rows - row), vector);
                }
                else if (height == 4)
                {
                    Four<T, TVectors>(f, row, Math.Min(height, rows - row), vector);
                }
                else
                {
                    One<T, TVectors>(f, row, vector);
                }
            }
        }
    }

    /// <summary>Six rows by four vectors.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Six<T, TVectors>(in WindowFactors<T> f, int row, int rows, int vector)
        where T : unmanaged
        where TVectors : struct, IWindowVectors
    {
        var a0 = f.Taps + f.TapRows[row];
        var a1 = f.Taps + f.TapRows[row + Math.Min(1, rows - 1)];
        var a2 = f.Taps + f.TapRows[row + Math.Min(2, rows - 1)];
        var a3 = f.Taps + f.TapRows[row + Math.Min(3, rows - 1)];
        var a4 = f.Taps + f.TapRows[row + Math.Min(4, rows - 1)];
        var a5 = f.Taps + f.TapRows[row + Math.Min(5, rows - 1)];
        var b0 = f.Image + f.Reads[vector];
        var b1 = f.Image + f.Reads[vector + 1];
        var b2 = f.Image + f.Reads[vector + 2];
        var b3 = f.Image + f.Reads[vector + 3];
        var apart = f.ReadApart;
        Vector512<T> c00 = default, c01 = default, c02 = default, c03 = default;
        Vector512<T> c10 = default, c11 = default, c12 = default, c13 = default;
        Vector512<T> c20 = default, c21 = default, c22 = default, c23 = default;
        Vector512<T> c30 = default, c31 = default, c32 = default, c33 = default;
        Vector512<T> c40 = default, c41 = default, c42 = default, c43 = default;
        Vector512<T> c50 = default, c51 = default, c52 = default, c53 = default;
        var end = f.Terms + (2 * f.Depth);
        for (var term = f.Terms; term < end; term += 2)
        {
            nint tap = term[0];
            nint shift = term[1];
            var y0 = TVectors.Load(b0 + shift, apart);
            var y1 = TVectors.Load(b1 + shift, apart);
            var y2 = TVectors.Load(b2 + shift, apart);
            var y3 = TVectors.Load(b3 + shift, apart);
            var x = Vector512.Create(a0[tap]);
            c00 = WideVector.FusedMultiplyAdd(x, y0, c00);
            c01 = WideVector.FusedMultiplyAdd(x, y1, c01);
            c02 = WideVector.FusedMultiplyAdd(x, y2, c02);
            c03 = WideVector.FusedMultiplyAdd(x, y3, c03);
            x = Vector512.Create(a1[tap]);
            c10 = WideVector.FusedMultiplyAdd(x, y0, c10);
            c11 = WideVector.FusedMultiplyAdd(x, y1, c11);
            c12 = WideVector.FusedMultiplyAdd(x, y2, c12);
            c13 = WideVector.FusedMultiplyAdd(x, y3, c13);
            x = Vector512.Create(a2[tap]);
            c20 = WideVector.FusedMultiplyAdd(x, y0, c20);
            c21 = WideVector.FusedMultiplyAdd(x, y1, c21);
            c22 = WideVector.FusedMultiplyAdd(x, y2, c22);
            c23 = WideVector.FusedMultiplyAdd(x, y3, c23);
            x = Vector512.Create(a3[tap]);
            c30 = WideVector.FusedMultiplyAdd(x, y0, c30);
            c31 = WideVector.FusedMultiplyAdd(x, y1, c31);
            c32 = WideVector.FusedMultiplyAdd(x, y2, c32);
            c33 = WideVector.FusedMultiplyAdd(x, y3, c33);
            x = Vector512.Create(a4[tap]);
            c40 = WideVector.FusedMultiplyAdd(x, y0, c40);
            c41 = WideVector.FusedMultiplyAdd(x, y1, c41);
            c42 = WideVector.FusedMultiplyAdd(x, y2, c42);
            c43 = WideVector.FusedMultiplyAdd(x, y3, c43);
            x = Vector512.Create(a5[tap]);
            c50 = WideVector.FusedMultiplyAdd(x, y0, c50);
            c51 = WideVector.FusedMultiplyAdd(x, y1, c51);
            c52 = WideVector.FusedMultiplyAdd(x, y2, c52);
            c53 = WideVector.FusedMultiplyAdd(x, y3, c53);
        }

        Store<T, TVectors>(f, row, vector, c00, c01, c02, c03);

        if (rows > 1)
        {
            Store<T, TVectors>(f, row + 1, vector, c10, c11, c12, c13);
        }

        if (rows > 2)
        {
            Store<T, TVectors>(f, row + 2, vector, c20, c21, c22, c23);
        }

        if (rows > 3)
        {
            Store<T, TVectors>(f, row + 3, vector, c30, c31, c32, c33);
        }

        if (rows > 4)
        {
            Store<T, TVectors>(f, row + 4, vector, c40, c41, c42, c43);
        }

        if (rows > 5)
        {
            Store<T, TVectors>(f, row + 5, vector, c50, c51, c52, c53);
        }
    }

    /// <summary>Four rows by four vectors.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Four<T, TVectors>(in WindowFactors<T> f, int row, int rows, int vector)
        where T : unmanaged
        where TVectors : struct, IWindowVectors
    {
        var a0 = f.Taps + f.TapRows[row];
        var a1 = f.Taps + f.TapRows[row + Math.Min(1, rows - 1)];
        var a2 = f.Taps + f.TapRows[row + Math.Min(2, rows - 1)];
        var a3 = f.Taps + f.TapRows[row + Math.Min(3, rows - 1)];
        var b0 = f.Image + f.Reads[vector];
        var b1 = f.Image + f.Reads[vector + 1];
        var b2 = f.Image + f.Reads[vector + 2];
        var b3 = f.Image + f.Reads[vector + 3];
        var apart = f.ReadApart;
        Vector512<T> c00 = default, c01 = default, c02 = default, c03 = default;
        Vector512<T> c10 = default, c11 = default, c12 = default, c13 = default;
        Vector512<T> c20 = default, c21 = default, c22 = default, c23 = default;
        Vector512<T> c30 = default, c31 = default, c32 = default, c33 = default;
        var end = f.Terms + (2 * f.Depth);
        for (var term = f.Terms; term < end; term += 2)
        {
            nint tap = term[0];
            nint shift = term[1];
            var y0 = TVectors.Load(b0 + shift, apart);
            var y1 = TVectors.Load(b1 + shift, apart);
            var y2 = TVectors.Load(b2 + shift, apart);
            var y3 = TVectors.Load(b3 + shift, apart);
            var x = Vector512.Create(a0[tap]);
            c00 = WideVector.FusedMultiplyAdd(x, y0, c00);
            c01 = WideVector.FusedMultiplyAdd(x, y1, c01);
            c02 = WideVector.FusedMultiplyAdd(x, y2, c02);
            c03 = WideVector.FusedMultiplyAdd(x, y3, c03);
            x = Vector512.Create(a1[tap]);
            c10 = WideVector.FusedMultiplyAdd(x, y0, c10);
            c11 = WideVector.FusedMultiplyAdd(x, y1, c11);
            c12 = WideVector.FusedMultiplyAdd(x, y2, c12);
            c13 = WideVector.FusedMultiplyAdd(x, y3, c13);
            x = Vector512.Create(a2[tap]);
            c20 = WideVector.FusedMultiplyAdd(x, y0, c20);
            c21 = WideVector.FusedMultiplyAdd(x, y1, c21);
            c22 = WideVector.FusedMultiplyAdd(x, y2, c22);
            c23 = WideVector.FusedMultiplyAdd(x, y3, c23);
            x = Vector512.Create(a3[tap]);
            c30 = WideVector.FusedMultiplyAdd(x, y0, c30);
            c31 = WideVector.FusedMultiplyAdd(x, y1, c31);
            c32 = WideVector.FusedMultiplyAdd(x, y2, c32);
            c33 = WideVector.FusedMultiplyAdd(x, y3, c33);
        }

        Store<T, TVectors>(f, row, vector, c00, c01, c02, c03);

        if (rows > 1)
        {
            Store<T, TVectors>(f, row + 1, vector, c10, c11, c12, c13);
        }

        if (rows > 2)
        {
            Store<T, TVectors>(f, row + 2, vector, c20, c21, c22, c23);
        }

        if (rows > 3)
        {
            Store<T, TVectors>(f, row + 3, vector, c30, c31, c32, c33);
        }
    }

    /// <summary>One row by four vectors.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void One<T, TVectors>(in WindowFactors<T> f, int row, int vector)
        where T : unmanaged
        where TVectors : struct, IWindowVectors
    {
        var a0 = f.Taps + f.TapRows[row];
        var b0 = f.Image + f.Reads[vector];
        var b1 = f.Image + f.Reads[vector + 1];
        var b2 = f.Image + f.Reads[vector + 2];
        var b3 = f.Image + f.Reads[vector + 3];
        var apart = f.ReadApart;
        Vector512<T> c00 = default, c01 = default, c02 = default, c03 = default;
        var end = f.Terms + (2 * f.Depth);
        for (var term = f.Terms; term < end; term += 2)
        {
            nint tap = term[0];
            nint shift = term[1];
            var y0 = TVectors.Load(b0 + shift, apart);
            var y1 = TVectors.Load(b1 + shift, apart);
            var y2 = TVectors.Load(b2 + shift, apart);
            var y3 = TVectors.Load(b3 + shift, apart);
            var x = Vector512.Create(a0[tap]);
            c00 = WideVector.FusedMultiplyAdd(x, y0, c00);
            c01 = WideVector.FusedMultiplyAdd(x, y1, c01);
            c02 = WideVector.FusedMultiplyAdd(x, y2, c02);
            c03 = WideVector.FusedMultiplyAdd(x, y3, c03);
        }

        Store<T, TVectors>(f, row, vector, c00, c01, c02, c03);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T, TVectors>(
        in WindowFactors<T> f, int row, int vector, Vector512<T> v0, Vector512<T> v1, Vector512<T> v2, Vector512<T> v3)
        where T : unmanaged
        where TVectors : struct, IWindowVectors
    {
        var c = f.Result + f.ResultRows[row];
        var places = f.Places + vector;
        TVectors.Store(v0, c + places[0], f.PlaceApart);
        TVectors.Store(v1, c + places[1], f.PlaceApart);
        TVectors.Store(v2, c + places[2], f.PlaceApart);
        TVectors.Store(v3, c + places[3], f.PlaceApart);
    }
}
