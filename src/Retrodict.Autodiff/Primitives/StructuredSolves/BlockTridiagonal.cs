namespace Retrodict.Autodiff.Primitives;

/// <summary>What the block-tridiagonal primitives share: shapes, and the product.</summary>
internal static class BlockTridiagonal
{
    /// <summary>Checks the blocks [..., count, b, b], with one fewer off the diagonal.</summary>
    public static void RequireBlocks(string user, Shape diagonal, params ReadOnlySpan<Shape> besides)
    {
        if (diagonal.Rank < 3 || diagonal[-1] != diagonal[-2] || diagonal[-3] == 0)
        {
            throw new ShapeException(
                $"{user}: the diagonal blocks form [..., count, b, b] with at least one block, but their shape is {diagonal}.");
        }

        Shape beside = Shape.Of([.. diagonal.Lengths[..^3], diagonal[-3] - 1, diagonal[-1], diagonal[-1]]);
        foreach (Shape shape in besides)
        {
            if (shape != beside)
            {
                throw new ShapeException(
                    $"{user}: diagonal blocks {diagonal} need blocks {beside} beside them, but their shape is {shape}.");
            }
        }
    }

    public static void RequireRight(string user, Shape diagonal, Shape right)
    {
        if (right.Rank != diagonal.Rank || !right.Lengths[..^1].SequenceEqual(diagonal.Lengths[..^1]))
        {
            throw new ShapeException(
                $"{user}: diagonal blocks {diagonal} need right sides {Shape.Format(diagonal.Lengths[..^1])[..^1]}, columns], but their "
                + $"shape is {right}.");
        }
    }

    /// <summary>
    /// For derivative rules, with strong zeros: op(A) X from the blocks of A, any of which may be absent but not all; op is the identity
    /// or the transpose.
    /// </summary>
    public static Value Product(Value? diagonal, Value? lower, Value? upper, bool transposed, Value x)
    {
        if (transposed)
        {
            (diagonal, lower, upper) = (Transpose(diagonal), Transpose(upper), Transpose(lower));
        }

        int count = x.Shape[-3];
        Value? sum = diagonal is null ? null : Value.ChainMatMul(diagonal, x);
        sum = Plus(sum, lower is null ? null : Value.ChainMatMul(lower, x.Slice(-3, 0, count - 1)).Pad(-3, 1, 0));
        return Plus(sum, upper is null ? null : Value.ChainMatMul(upper, x.Slice(-3, 1, count)).Pad(-3, 0, 1))!;
    }

    private static Value? Plus(Value? left, Value? right) => left is null ? right : right is null ? left : left + right;

    private static Value? Transpose(Value? blocks) => blocks is null ? null : LinearSystem.Transpose(blocks);
}
