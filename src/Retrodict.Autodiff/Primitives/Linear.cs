namespace Retrodict.Autodiff.Primitives;

/// <summary>A primitive that is linear in all its operands together: its tangent is itself, and its one rule is the transpose.</summary>
internal abstract record Linear : SingleResult
{
    public sealed override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents)
    {
        var full = new Value[tangents.Length];
        for (int i = 0; i < full.Length; i++)
        {
            full[i] = tangents[i] ?? Value.ZerosLike(operands[i]);
        }

        return Value.Emit(this, full);
    }

    public abstract override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent);
}
