namespace Retrodict.Autodiff.Primitives;

/// <summary>A primitive with one result: the same rules without the arrays around it.</summary>
internal abstract record SingleResult : Primitive
{
    public sealed override Shape[] InferShapes(ReadOnlySpan<Shape> operands) => [InferShape(operands)];

    public sealed override Value?[] Jvp(ReadOnlySpan<Value> operands, ReadOnlySpan<Value> results, ReadOnlySpan<Value?> tangents) =>
        [Tangent(operands, results[0], tangents)];

    public sealed override Value?[] Transpose(ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, ReadOnlySpan<Value?> cotangents)
    {
        var result = new Value?[operands.Length];
        if (cotangents[0] is { } cotangent)
        {
            for (int i = 0; i < operands.Length; i++)
            {
                if (operands[i] is null)
                {
                    result[i] = Cotangent(i, operands, shapes, cotangent);
                }
            }
        }

        return result;
    }

    public sealed override Value[] Batch(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        [BatchOne(operands, batched, size)];

    public abstract Shape InferShape(ReadOnlySpan<Shape> operands);

    public abstract Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents);

    /// <summary>The cotangent of one linear operand.</summary>
    public virtual Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent)
    {
        base.Transpose(operands, shapes, [cotangent]);
        return null;
    }

    public abstract Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size);

    protected static void RequireOperands(string user, int expected, ReadOnlySpan<Shape> operands) =>
        System.Diagnostics.Debug.Assert(operands.Length == expected, $"{user} takes {expected} operands.");
}
