using System.Numerics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Execution;

/// <summary>
/// A constant matrix that meets a vector, stored by columns once when the plan is compiled: combining whole columns takes no sums across a
/// vector's lanes and half the time of dot products of short rows.
/// </summary>
internal sealed class RepackedMatrix<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Larger ones are bound by memory, in either order.
    private const int LargestLength = 1 << 18;

    private readonly (T[] Array, int Base) _columns;

    private RepackedMatrix(int operand, double[] elements, int rows, int depth)
    {
        Operand = operand;
        Rows = rows;
        _columns = AlignedBuffer<T>.Allocate(elements.Length);
        for (int i = 0; i < rows; i++)
        {
            for (int p = 0; p < depth; p++)
            {
                _columns.Array[_columns.Base + (p * rows) + i] = T.CreateTruncating(elements[(i * depth) + p]);
            }
        }
    }

    /// <summary>Which operand it stands for.</summary>
    public int Operand { get; }

    /// <summary>The number of rows, which is the distance between columns.</summary>
    public int Rows { get; }

    public ReadOnlySpan<T> Elements => _columns.Array.AsSpan(_columns.Base);

    /// <summary>The repacked matrix of a contraction, or null where there is nothing to gain.</summary>
    public static RepackedMatrix<T>? Of(Storage storage, ContractionLayout layout)
    {
        if (layout.Batch != 1 || (layout.Rows != 1) == (layout.Columns != 1))
        {
            return null;
        }

        int operand = layout.Columns == 1 ? 0 : 1;
        int rows = layout.Rows * layout.Columns;
        (int rowStride, int columnStride) = operand == 0
            ? (layout.Left!.Second, layout.Left.Third)
            : (layout.Right!.Third, layout.Right.Second);
        return storage.Constants?[operand] is { } elements && columnStride == 1 && rowStride == layout.Summed && layout.Summed > 1
            && rows >= 4 * MicroKernel.Lanes<T>() && elements.Length <= LargestLength
                ? new RepackedMatrix<T>(operand, elements, rows, layout.Summed)
                : null;
    }
}
