using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// The identity matrix, kept symbolic: contractions with it become permutations when simplified, so a Jacobian's seeds cost nothing.
/// </summary>
internal sealed record Identity(int Size) : SingleResult
{
    public override string Name => "identity";

    public override Shape InferShape(ReadOnlySpan<Shape> operands) => [Size, Size];

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents) => null;

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        throw new InvalidOperationException("The identity has no operands to batch.");

    public override Step<T> Compile<T>(Storage storage) => new IdentityStep<T>(storage, Size);

    private sealed class IdentityStep<T>(Storage storage, int size) : Step<T>(storage)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        public override void Run(Workspace<T> workspace, int part, Span<T> scratch)
        {
            Span<T> result = workspace.Write(Result);
            result.Clear();
            for (int i = 0; i < size; i++)
            {
                result[i * (size + 1)] = T.One;
            }
        }
    }
}
