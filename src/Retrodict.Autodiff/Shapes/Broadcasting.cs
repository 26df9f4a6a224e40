namespace Retrodict.Autodiff;

/// <summary>
/// NumPy's broadcasting rules: shapes are aligned at the last axis, and an axis of length 1 stretches to the other's length.
/// </summary>
internal static class Broadcasting
{
    public static Shape Common(string user, Shape left, Shape right)
    {
        if (left == right)
        {
            return left;
        }

        int rank = Math.Max(left.Rank, right.Rank);
        var lengths = new int[rank];
        for (int i = 1; i <= rank; i++)
        {
            int l = i <= left.Rank ? left[-i] : 1;
            int r = i <= right.Rank ? right[-i] : 1;
            if (l != r && l != 1 && r != 1)
            {
                throw new ShapeException(
                    $"{user}: the shapes {left} and {right} do not broadcast together; counted from the last axis, axis {i} has lengths "
                    + $"{l} and {r}, which must be equal or 1.");
            }

            lengths[rank - i] = l == 1 ? r : l;
        }

        return Shape.Of(lengths);
    }
}
