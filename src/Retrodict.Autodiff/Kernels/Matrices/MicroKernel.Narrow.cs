// The tiles for the columns left over by the widest one; the comments are in MicroKernel.cs.

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

internal static unsafe partial class MicroKernel
{
    /// <summary>A tile of six rows by two vectors; the arguments are those of <see cref="SixByFour{T}"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void SixByTwo<T>(
        int depth, int rows, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, ProductUpdate update)
        where T : unmanaged
    {
        var a0 = a;
        var a1 = rows > 1 ? a0 + aRow : a0;
        var a2 = rows > 2 ? a1 + aRow : a1;
        var a3 = rows > 3 ? a2 + aRow : a2;
        var a4 = rows > 4 ? a3 + aRow : a3;
        var a5 = rows > 5 ? a4 + aRow : a4;

        Vector512<T> c00 = default, c01 = default;
        Vector512<T> c10 = default, c11 = default;
        Vector512<T> c20 = default, c21 = default;
        Vector512<T> c30 = default, c31 = default;
        Vector512<T> c40 = default, c41 = default;
        Vector512<T> c50 = default, c51 = default;

        nint at = 0;
        for (var p = depth; p > 0; p--)
        {
            var b0 = Vector512.Load(b);
            var b1 = Vector512.Load(b + Vector512<T>.Count);

            var x = Vector512.Create(a0[at]);
            c00 = WideVector.FusedMultiplyAdd(x, b0, c00);
            c01 = WideVector.FusedMultiplyAdd(x, b1, c01);
            x = Vector512.Create(a1[at]);
            c10 = WideVector.FusedMultiplyAdd(x, b0, c10);
            c11 = WideVector.FusedMultiplyAdd(x, b1, c11);
            x = Vector512.Create(a2[at]);
            c20 = WideVector.FusedMultiplyAdd(x, b0, c20);
            c21 = WideVector.FusedMultiplyAdd(x, b1, c21);
            x = Vector512.Create(a3[at]);
            c30 = WideVector.FusedMultiplyAdd(x, b0, c30);
            c31 = WideVector.FusedMultiplyAdd(x, b1, c31);
            x = Vector512.Create(a4[at]);
            c40 = WideVector.FusedMultiplyAdd(x, b0, c40);
            c41 = WideVector.FusedMultiplyAdd(x, b1, c41);
            x = Vector512.Create(a5[at]);
            c50 = WideVector.FusedMultiplyAdd(x, b0, c50);
            c51 = WideVector.FusedMultiplyAdd(x, b1, c51);

            at += aColumn;
            b += bRow;
        }

        StoreRow(c, update, c00, c01);
        if (rows <= 1)
        {
            return;
        }

        StoreRow(c + cRow, update, c10, c11);
        if (rows <= 2)
        {
            return;
        }

        StoreRow(c + (2 * cRow), update, c20, c21);
        if (rows <= 3)
        {
            return;
        }

        StoreRow(c + (3 * cRow), update, c30, c31);
        if (rows <= 4)
        {
            return;
        }

        StoreRow(c + (4 * cRow), update, c40, c41);
        if (rows <= 5)
        {
            return;
        }

        StoreRow(c + (5 * cRow), update, c50, c51);
    }

    /// <summary>A tile of six rows by one vector; the arguments are those of <see cref="SixByFour{T}"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void SixByOne<T>(
        int depth, int rows, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, ProductUpdate update)
        where T : unmanaged
    {
        var a0 = a;
        var a1 = rows > 1 ? a0 + aRow : a0;
        var a2 = rows > 2 ? a1 + aRow : a1;
        var a3 = rows > 3 ? a2 + aRow : a2;
        var a4 = rows > 4 ? a3 + aRow : a3;
        var a5 = rows > 5 ? a4 + aRow : a4;

        Vector512<T> c00 = default;
        Vector512<T> c10 = default;
        Vector512<T> c20 = default;
        Vector512<T> c30 = default;
        Vector512<T> c40 = default;
        Vector512<T> c50 = default;

        nint at = 0;
        for (var p = depth; p > 0; p--)
        {
            var b0 = Vector512.Load(b);

            var x = Vector512.Create(a0[at]);
            c00 = WideVector.FusedMultiplyAdd(x, b0, c00);
            x = Vector512.Create(a1[at]);
            c10 = WideVector.FusedMultiplyAdd(x, b0, c10);
            x = Vector512.Create(a2[at]);
            c20 = WideVector.FusedMultiplyAdd(x, b0, c20);
            x = Vector512.Create(a3[at]);
            c30 = WideVector.FusedMultiplyAdd(x, b0, c30);
            x = Vector512.Create(a4[at]);
            c40 = WideVector.FusedMultiplyAdd(x, b0, c40);
            x = Vector512.Create(a5[at]);
            c50 = WideVector.FusedMultiplyAdd(x, b0, c50);

            at += aColumn;
            b += bRow;
        }

        StoreRow(c, update, c00);
        if (rows <= 1)
        {
            return;
        }

        StoreRow(c + cRow, update, c10);
        if (rows <= 2)
        {
            return;
        }

        StoreRow(c + (2 * cRow), update, c20);
        if (rows <= 3)
        {
            return;
        }

        StoreRow(c + (3 * cRow), update, c30);
        if (rows <= 4)
        {
            return;
        }

        StoreRow(c + (4 * cRow), update, c40);
        if (rows <= 5)
        {
            return;
        }

        StoreRow(c + (5 * cRow), update, c50);
    }
}
