using System.Globalization;
using System.Text;

namespace Retrodict.Data;

/// <summary>Arithmetic on shapes.</summary>
internal static class NumpyShape
{
    /// <summary>
    /// The number of elements, or -1 where an axis is negative or the axes multiply to more than an array can hold.
    /// As in NumPy, axes of length 0 do not excuse the others: (0, 10^9, 10^9) is too large, so products of any of the axes never overflow.
    /// </summary>
    public static int Count(ReadOnlySpan<int> shape)
    {
        long count = 1;
        bool empty = false;
        foreach (int axis in shape)
        {
            if (axis < 0)
            {
                return -1;
            }

            empty |= axis == 0;
            count *= Math.Max(axis, 1);
            if (count > Array.MaxLength)
            {
                return -1;
            }
        }

        return empty ? 0 : (int)count;
    }

    /// <summary>A shape as Python writes it: <c>()</c>, <c>(3,)</c>, <c>(3, 4)</c>.</summary>
    public static string Format(ReadOnlySpan<int> shape)
    {
        StringBuilder text = new("(");
        for (int axis = 0; axis < shape.Length; axis++)
        {
            text.Append(axis == 0 ? "" : ", ").Append(shape[axis].ToString(CultureInfo.InvariantCulture));
        }

        return text.Append(shape.Length == 1 ? ",)" : ")").ToString();
    }

    /// <summary>Elements in column-major (Fortran) order, put into row-major order.</summary>
    public static T[] ToRowMajor<T>(T[] columnMajor, ReadOnlySpan<int> shape)
    {
        if (shape.Length < 2 || columnMajor.Length == 0)
        {
            return columnMajor;
        }

        T[] rowMajor = GC.AllocateUninitializedArray<T>(columnMajor.Length);
        Span<int> strides = shape.Length <= 64 ? stackalloc int[shape.Length] : new int[shape.Length];
        for (int axis = 0, stride = 1; axis < shape.Length; stride *= shape[axis++])
        {
            strides[axis] = stride;
        }

        Span<int> index = shape.Length <= 64 ? stackalloc int[shape.Length] : new int[shape.Length];
        index.Clear();
        int last = shape.Length - 1;
        int start = 0;
        for (int target = 0; target < rowMajor.Length;)
        {
            for (int i = 0; i < shape[last]; i++)
            {
                rowMajor[target++] = columnMajor[start + (i * strides[last])];
            }

            for (int axis = last - 1; axis >= 0; axis--)
            {
                start += strides[axis];
                if (++index[axis] < shape[axis])
                {
                    break;
                }

                start -= index[axis] * strides[axis];
                index[axis] = 0;
            }
        }

        return rowMajor;
    }
}
