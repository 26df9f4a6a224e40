// A triangle is mirrored in small blocks that pass through a buffer, so that whole lines are read and written: at distances of powers of
// two the rows of a block share cache sets and would not survive until their next elements are asked for.

using System.Runtime.CompilerServices;

namespace Retrodict.Autodiff.Kernels;

/// <summary>Mirrors triangles over the diagonal: transposes what lies beside it.</summary>
internal static unsafe class TriangleMirror
{
    private const int Block = 16;
    private const MethodImplOptions Kernel = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>
    /// upper[j, i] = lower[i, j] for some rows i and all j up to i; rows of both are contiguous. The two may be one matrix.
    /// </summary>
    /// <param name="rows">The rows of the lower triangle.</param>
    /// <param name="lower">What is read, from its first element.</param>
    /// <param name="upper">What is written, from its first element.</param>
    [MethodImpl(Kernel)]
    public static void LowerToUpper<T>(Range rows, StridedMatrix<T> lower, StridedMatrix<T> upper)
        where T : unmanaged
    {
        for (var i = rows.Start.Value; i < rows.End.Value; i += Block)
        {
            var height = Math.Min(Block, rows.End.Value - i);
            var j = 0;
            for (; j + Block <= i; j += Block)
            {
                Transpose(height, Block, lower.From(i, j), upper.From(j, i));
            }

            for (var r = i; r < i + height; r++)
            {
                for (var s = j; s <= r; s++)
                {
                    *upper.At(s, r) = *lower.At(r, s);
                }
            }
        }
    }

    /// <summary>a[i, j] = a[j, i] for some rows i and all j below i; rows are contiguous.</summary>
    /// <param name="rows">The rows of the lower triangle, which are written.</param>
    /// <param name="a">The matrix, from its first element.</param>
    /// <param name="clear">Leave zeros in place of what was read.</param>
    [MethodImpl(Kernel)]
    public static void UpperToLower<T>(Range rows, StridedMatrix<T> a, bool clear)
        where T : unmanaged
    {
        for (var i = rows.Start.Value; i < rows.End.Value; i += Block)
        {
            var height = Math.Min(Block, rows.End.Value - i);
            var j = 0;
            for (; j + Block <= i; j += Block)
            {
                Transpose(Block, height, a.From(j, i), a.From(i, j));
                for (var s = j; clear && s < j + Block; s++)
                {
                    new Span<T>(a.At(s, i), height).Clear();
                }
            }

            for (var r = i; r < i + height; r++)
            {
                for (var s = j; s < r; s++)
                {
                    *a.At(r, s) = *a.At(s, r);
                    if (clear)
                    {
                        *a.At(s, r) = default;
                    }
                }
            }
        }
    }

    /// <summary>to[c, r] = from[r, c] for a block of at most 16 x 16 with contiguous rows.</summary>
    [SkipLocalsInit]
    [MethodImpl(Kernel)]
    private static void Transpose<T>(int rows, int columns, StridedMatrix<T> from, StridedMatrix<T> to)
        where T : unmanaged
    {
        var buffer = stackalloc T[Block * Block];
        var done = SmallTranspose.Columns(from.Transposed, rows, columns, buffer, Block);
        for (var r = done; r < rows; r++)
        {
            var row = from.At(r, 0);
            for (var c = 0; c < columns; c++)
            {
                buffer[(c * Block) + r] = row[c];
            }
        }

        for (var c = 0; c < columns; c++)
        {
            new ReadOnlySpan<T>(buffer + (c * Block), rows).CopyTo(new Span<T>(to.At(c, 0), rows));
        }
    }
}
