namespace Retrodict.Autodiff.Execution;

/// <summary>
/// How an elementwise node walks through its operands: [rows, columns], where an operand advances by RowStride a row, and by one a column or, as a row's
/// constant, not at all. It lets a broadcast operand (a scalar, a bias, a factor per sample) be read where it stands instead of being written out.
/// </summary>
internal sealed record IterationSpace(int Rows, int Columns, (int RowStride, bool Constant)[] Operands)
{
    /// <summary>The access pattern of a broadcast's operand, or null if two loops cannot express it.</summary>
    /// <returns>Rows, columns, row stride, and whether a row reads one element; a scalar fits every space and has 0 rows.</returns>
    public static (int Rows, int Columns, int RowStride, bool Constant)? Pattern(Shape target, Indices axes)
    {
        // Axes of length one may count as kept or new, whichever fits.
        bool[] kept = new bool[target.Rank];
        int size = 1;
        foreach (int axis in axes)
        {
            kept[axis] = target[axis] > 1;
            size *= target[axis];
        }

        if (size == 1)
        {
            return (0, 0, 0, true);
        }

        int runs = 0;
        bool first = false;
        bool last = false;
        bool seen = false;
        bool previous = false;
        for (int axis = 0; axis < target.Rank; axis++)
        {
            if (target[axis] == 1)
            {
                continue;
            }

            runs += kept[axis] && !previous ? 1 : 0;
            first |= kept[axis] && !seen;
            last = kept[axis];
            previous = kept[axis];
            seen = true;
        }

        int repeats = target.ElementCount / Math.Max(size, 1);
        return runs != 1 ? null : last ? (repeats, size, 0, false) : first ? (size, repeats, 1, true) : null;
    }
}
