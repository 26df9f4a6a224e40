using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff.Primitives;

/// <summary>The same elements in the same order under another shape. Plans give the result the operand's storage.</summary>
internal sealed record ChangeShape(Shape Target) : Linear
{
    public override string Name => "reshape";

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 1, operands);
        return operands[0].ElementCount == Target.ElementCount
            ? Target
            : throw new ShapeException(
                $"reshape: {operands[0]} has {operands[0].ElementCount} elements and {Target} has {Target.ElementCount}.");
    }

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        cotangent.Reshape(shapes[0]);

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        operands[0].Reshape(Target.Prepend(size));

    public override Step<T> Compile<T>(Storage storage) => CopyStep<T>.Whole(storage);
}
