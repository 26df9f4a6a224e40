// The innermost loop of the matrix product, after BLIS (F. G. Van Zee and R. A. van de Geijn, "BLIS: A framework for
// rapidly instantiating BLAS functionality", ACM TOMS 41(3), 2015): a tile of C stays in registers while A and B stream past,
//     C[0:6, 0:w] (+)= sum over p of A[0:6, p] B[p, 0:w]     as `depth` rank-one updates.
// With 32 vector registers six rows by four vectors (6 x 64 floats, 6 x 32 doubles) leave room for one row of B and a broadcast.
// The narrower tiles take the columns that remain, and SixByOne, twelve 256-bit accumulators, is the whole-width tile of
// machines without 512-bit registers.
//
// Each element of C is ONE chain of fused multiply-adds in the order of p, whatever the tile it lands in: that is why results
// do not depend on how C is cut into tiles or parts.
//
// NoInlining matters: inlined into a larger method the accumulators are spilled and the speed drops tenfold.
// Six row pointers of A, clamped to the last row that exists, advance by one common offset: an incomplete tile reads nothing
// that is not there, and A can be read where it lies as well as packed.

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>Register tiles of the matrix product: six rows by four, two or one vectors.</summary>
internal static unsafe partial class MicroKernel
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 6;

    /// <summary>Vectors across the widest tile that stays in this machine's registers.</summary>
    public static int MaximumVectors => Vector512.IsHardwareAccelerated ? 4 : 1;

    /// <summary>Elements in one vector.</summary>
    public static int Lanes<T>() => Vector512<T>.Count;

    /// <summary>A tile of six rows by four vectors.</summary>
    /// <param name="depth">The number of rank-one updates.</param>
    /// <param name="rows">Rows of C that exist, 1 to 6.</param>
    /// <param name="a">A[0, 0]; rows are <paramref name="aRow"/> and updates <paramref name="aColumn"/> elements apart.</param>
    /// <param name="aRow">Row stride of A.</param>
    /// <param name="aColumn">Column stride of A.</param>
    /// <param name="b">B[0, 0]; each row is contiguous.</param>
    /// <param name="bRow">Row stride of B.</param>
    /// <param name="c">C[0, 0]; each row is contiguous.</param>
    /// <param name="cRow">Row stride of C.</param>
    /// <param name="update">What to do with the previous C.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void SixByFour<T>(
        int depth, int rows, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, ProductUpdate update)
        where T : unmanaged
    {
        var a0 = a;
        var a1 = rows > 1 ? a0 + aRow : a0;
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

        nint at = 0;
        for (var p = depth; p > 0; p--)
        {
            var b0 = Vector512.Load(b);
            var b1 = Vector512.Load(b + Vector512<T>.Count);
            var b2 = Vector512.Load(b + (2 * Vector512<T>.Count));
            var b3 = Vector512.Load(b + (3 * Vector512<T>.Count));

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

            at += aColumn;
            b += bRow;
        }

        StoreRow(c, update, c00, c01, c02, c03);
        if (rows <= 1)
        {
            return;
        }

        StoreRow(c + cRow, update, c10, c11, c12, c13);
        if (rows <= 2)
        {
            return;
        }

        StoreRow(c + (2 * cRow), update, c20, c21, c22, c23);
        if (rows <= 3)
        {
            return;
        }

        StoreRow(c + (3 * cRow), update, c30, c31, c32, c33);
        if (rows <= 4)
        {
            return;
        }

        StoreRow(c + (4 * cRow), update, c40, c41, c42, c43);
        if (rows <= 5)
        {
            return;
        }

        StoreRow(c + (5 * cRow), update, c50, c51, c52, c53);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<T>(T* c, ProductUpdate update, Vector512<T> v0, Vector512<T> v1, Vector512<T> v2, Vector512<T> v3)
        where T : unmanaged
    {
        StoreRow(c, update, v0);
        StoreRow(c + Vector512<T>.Count, update, v1);
        StoreRow(c + (2 * Vector512<T>.Count), update, v2);
        StoreRow(c + (3 * Vector512<T>.Count), update, v3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<T>(T* c, ProductUpdate update, Vector512<T> v0, Vector512<T> v1)
        where T : unmanaged
    {
        StoreRow(c, update, v0);
        StoreRow(c + Vector512<T>.Count, update, v1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<T>(T* c, ProductUpdate update, Vector512<T> v0)
        where T : unmanaged
    {
        if (update == ProductUpdate.Add)
        {
            v0 = Vector512.Load(c) + v0;
        }
        else if (update == ProductUpdate.Subtract)
        {
            v0 = Vector512.Load(c) - v0;
        }

        v0.Store(c);
    }
}
