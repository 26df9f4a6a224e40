namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// A factorization that solves share: its operands arrive through <see cref="StopGradient"/>, and the primitives that read the factors take
/// the matrix too and carry the derivative. All operands batch by their leading axes.
/// </summary>
internal abstract record Factorization : Primitive
{
    public sealed override Value?[] Jvp(ReadOnlySpan<Value> operands, ReadOnlySpan<Value> results, ReadOnlySpan<Value?> tangents) =>
        throw new InvalidOperationException($"'{Name}' is a constant to derivatives; its operands have no tangents.");

    public sealed override Value[] Batch(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        Value.EmitAll(this, Broadcast.WithBatchAxis(operands, batched, size));
}
