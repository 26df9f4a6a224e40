namespace Retrodict.Autodiff.Primitives;

/// <summary>What the solves of A X = B share, for matrices [..., n, n] and right sides [..., n, columns].</summary>
internal static class LinearSystem
{
    /// <summary>Fails unless the last two axes are equally long.</summary>
    /// <exception cref="ShapeException">They are not.</exception>
    public static void RequireSquare(string user, Shape shape)
    {
        if (shape.Rank < 2 || shape[-1] != shape[-2])
        {
            throw new ShapeException($"{user}: the last two axes must form a square matrix, but the shape is {shape}.");
        }
    }

    /// <summary>Fails unless the right sides are a matrix of as many rows, with the same leading axes.</summary>
    /// <exception cref="ShapeException">They are not.</exception>
    public static void RequireSystem(string user, Shape matrix, Shape right)
    {
        RequireSquare(user, matrix);
        if (right.Rank != matrix.Rank || !right.Lengths[..^1].SequenceEqual(matrix.Lengths[..^1]))
        {
            throw new ShapeException(
                $"{user}: a matrix {matrix} needs right sides {Shape.Format(matrix.Lengths[..^1])[..^1]}, columns], but their shape is "
                + $"{right}.");
        }
    }

    /// <summary>One matrix with many batched right sides: the batch joins the columns, and the system is solved once.</summary>
    public static Value BatchColumns(Value right, Value matrix, Func<Value[], Value> solve)
    {
        Shape shape = right.Shape;
        int rank = shape.Rank;
        int[] toColumns = [.. Enumerable.Range(1, rank - 1), 0];
        int[] fromColumns = [rank - 1, .. Enumerable.Range(0, rank - 1)];
        Value moved = right.Permute(toColumns);
        Value columns = moved.Reshape(Shape.Of([.. shape.Lengths[1..^1], shape[-1] * shape[0]]));
        Value solved = solve([matrix, columns]);
        return solved.Reshape(Shape.Of([.. solved.Shape.Lengths[..^1], shape[-1], shape[0]])).Permute(fromColumns);
    }

    /// <summary>The last two axes exchanged.</summary>
    public static Value Transpose(Value matrix)
    {
        int rank = matrix.Rank;
        int[] order = [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2];
        return matrix.Permute(order);
    }
}
