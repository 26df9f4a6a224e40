using System.Numerics;
using System.Runtime.CompilerServices;

namespace Retrodict.Autodiff.Kernels;

/// <summary>Products of a few elements, where a register tile would be mostly empty.</summary>
internal static unsafe class TinyProduct
{
    /// <summary>The largest dimension treated here; one pass over k, so the bits are those of the tiled product.</summary>
    public const int MaximumSize = 8;

    /// <summary>C is updated with A B, four columns at a time to keep four independent sums in flight.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Multiply<T>(
        int m, int n, int k, StridedMatrix<T> a, StridedMatrix<T> b, StridedMatrix<T> c, ProductUpdate update)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < m; i++)
        {
            var j = 0;
            for (; j + 4 <= n; j += 4)
            {
                T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
                var x = a.At(i, 0);
                var y = b.At(0, j);
                for (var p = 0; p < k; p++)
                {
                    s0 = T.FusedMultiplyAdd(*x, *y, s0);
                    s1 = T.FusedMultiplyAdd(*x, y[b.ColumnStride], s1);
                    s2 = T.FusedMultiplyAdd(*x, y[2 * b.ColumnStride], s2);
                    s3 = T.FusedMultiplyAdd(*x, y[3 * b.ColumnStride], s3);
                    x += a.ColumnStride;
                    y += b.RowStride;
                }

                Scalar.Update(c.At(i, j), s0, update);
                Scalar.Update(c.At(i, j + 1), s1, update);
                Scalar.Update(c.At(i, j + 2), s2, update);
                Scalar.Update(c.At(i, j + 3), s3, update);
            }

            for (; j < n; j++)
            {
                var sum = T.Zero;
                for (var p = 0; p < k; p++)
                {
                    sum = T.FusedMultiplyAdd(*a.At(i, p), *b.At(p, j), sum);
                }

                Scalar.Update(c.At(i, j), sum, update);
            }
        }
    }
}
