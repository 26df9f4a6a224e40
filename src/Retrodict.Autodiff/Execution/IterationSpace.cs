namespace Retrodict.Autodiff.Execution;

/// <summary>How a node of an iteration space [rows, columns] reads an operand.</summary>
internal enum OperandAccess
{
    /// <summary>There is no such operand.</summary>
    None,

    /// <summary>An element for each of the space.</summary>
    Dense,

    /// <summary>One element for all.</summary>
    Scalar,

    /// <summary>An element for each column, the same in every row.</summary>
    RowVector,

    /// <summary>An element for each row, the same in every column; after its last element it starts again.</summary>
    RowConstant,
}

/// <summary>
/// How an elementwise node walks through its operands. It lets a broadcast operand (a scalar, a bias, a factor per sample) be read where it
/// stands instead of being written out.
/// </summary>
/// <param name="Rows">The number of rows; 1 where no operand tells rows apart.</param>
/// <param name="Columns">The number of columns.</param>
/// <param name="Operands">How each operand is read.</param>
internal sealed record IterationSpace(int Rows, int Columns, OperandAccess[] Operands)
{
    /// <summary>The number of elements.</summary>
    public int Count => Rows * Columns;

    /// <summary>Whether the space has no rows of its own, so that it fits every other of as many elements.</summary>
    public bool IsFlat => !Operands.Any(access => access is OperandAccess.RowVector or OperandAccess.RowConstant);

    /// <summary>
    /// The access pattern of a broadcast's operand, or null if two loops cannot express it; scalar and dense patterns fit every space.
    /// </summary>
    public static (int Rows, int Columns, OperandAccess Access)? Pattern(Shape target, Indices axes)
    {
        // Axes of length one may count as kept or new, whichever fits.
        bool[] kept = new bool[target.Rank];
        int size = 1;
        foreach (int axis in axes)
        {
            kept[axis] = target[axis] > 1;
            size *= target[axis];
        }

        int count = target.ElementCount;
        if (size == count || size == 1)
        {
            return (1, count, size == count ? OperandAccess.Dense : OperandAccess.Scalar);
        }

        int runs = 0;
        bool previous = false;
        int inner = 1;
        for (int axis = 0; axis < target.Rank; axis++)
        {
            if (target[axis] == 1)
            {
                continue;
            }

            runs += kept[axis] && !previous ? 1 : 0;
            inner = kept[axis] ? 1 : inner * target[axis];
            previous = kept[axis];
        }

        return runs != 1 ? null
            : previous ? (count / size, size, OperandAccess.RowVector)
            : (count / Math.Max(inner, 1), inner, OperandAccess.RowConstant);
    }
}
