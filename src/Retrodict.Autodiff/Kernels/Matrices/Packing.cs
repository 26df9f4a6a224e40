// Panels as the micro-kernel wants them (BLIS): of A, six rows interleaved, A[i + 6 p]; of B, w columns, B[j + w p], the last
// panel filled with zeros to whole vectors. Zeros only ever meet columns of C that do not exist and are not stored.

using System.Runtime.CompilerServices;

namespace Retrodict.Autodiff.Kernels;

/// <summary>Copies operands into panels.</summary>
internal static unsafe class Packing
{
    /// <summary>
    /// Packs <paramref name="rows"/> x <paramref name="depth"/> of A into panels of six rows; the rows missing from the last are left
    /// alone.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Rows<T>(StridedMatrix<T> a, int rows, int depth, T* panels)
        where T : unmanaged
    {
        for (var i = 0; i < rows; i += MicroKernel.Rows)
        {
            Interleave(a.Transposed.From(0, i), Math.Min(MicroKernel.Rows, rows - i), depth, panels, MicroKernel.Rows);
            panels += (nint)MicroKernel.Rows * depth;
        }
    }

    /// <summary>
    /// Packs <paramref name="depth"/> x <paramref name="columns"/> of B into one panel of <paramref name="width"/> columns.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Columns<T>(StridedMatrix<T> b, int columns, int depth, T* panel, int width)
        where T : unmanaged
    {
        Interleave(b, columns, depth, panel, width);
        if (columns < width)
        {
            for (nint p = 0; p < depth; p++)
            {
                new Span<T>(panel + (p * width) + columns, width - columns).Clear();
            }
        }
    }

    /// <summary>panel[j + p·width] = b[p, j], walking along whichever direction of b is contiguous.</summary>
    private static void Interleave<T>(StridedMatrix<T> b, int columns, int depth, T* panel, int width)
        where T : unmanaged
    {
        if (b.ColumnStride == 1)
        {
            CopyRows(b, columns, depth, panel, width);
            return;
        }

        var done = 0;
        if (b.RowStride == 1)
        {
            done = SmallTranspose.Columns(b, columns, depth, panel, width);
        }

        for (var j = done; j < columns; j++)
        {
            var from = b.At(0, j);
            var to = panel + j;
            for (var p = 0; p < depth; p++)
            {
                *to = *from;
                to += width;
                from += b.RowStride;
            }
        }
    }

    private static void CopyRows<T>(StridedMatrix<T> b, int columns, int depth, T* panel, int width)
        where T : unmanaged
    {
        var from = b.Data;
        if (columns == MicroKernel.Rows)
        {
            // A span copy of six elements costs more than the elements.
            for (var p = 0; p < depth; p++)
            {
                panel[0] = from[0];
                panel[1] = from[1];
                panel[2] = from[2];
                panel[3] = from[3];
                panel[4] = from[4];
                panel[5] = from[5];
                panel += width;
                from += b.RowStride;
            }

            return;
        }

        for (var p = 0; p < depth; p++)
        {
            new ReadOnlySpan<T>(from, columns).CopyTo(new Span<T>(panel, columns));
            panel += width;
            from += b.RowStride;
        }
    }
}
