namespace Retrodict.Autodiff.Tests.Sizes;

/// <summary>Positions in row-major tensors, worked out the slow way.</summary>
internal static class Positions
{
    public static int[] Of(int position, Shape shape)
    {
        var index = new int[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            index[axis] = position % shape[axis];
            position /= shape[axis];
        }

        return index;
    }

    public static int At(ReadOnlySpan<int> index, Shape shape)
    {
        int position = 0;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            position = (position * shape[axis]) + index[axis];
        }

        return position;
    }

    /// <summary>Where an element of a broadcast result comes from.</summary>
    public static int Broadcast(int position, Shape result, Shape operand)
    {
        int[] index = Of(position, result)[(result.Rank - operand.Rank)..];
        for (int axis = 0; axis < index.Length; axis++)
        {
            index[axis] = operand[axis] == 1 ? 0 : index[axis];
        }

        return At(index, operand);
    }
}
