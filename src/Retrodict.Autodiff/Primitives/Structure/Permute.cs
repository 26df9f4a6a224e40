using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff.Primitives;

/// <summary>The axes in another order: axis i of the result is axis <c>Order[i]</c> of the operand.</summary>
internal sealed record Permute(Indices Order) : Linear
{
    public override string Name => "permute";

    public override string Describe() => $"permute[{Order}]";

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 1, operands);
        Shape shape = operands[0];
        if (!Order.Order().SequenceEqual(Enumerable.Range(0, shape.Rank)))
        {
            throw new ShapeException($"permute: {Order} is not an order of the {shape.Rank} axes of {shape}.");
        }

        return Shape.Of(Order.Select(axis => shape[axis]).Span);
    }

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        Value.Emit(new Permute(Order.Inverse()), cotangent);

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        Value.Emit(new Permute(Order.Select(a => a + 1).Prepend(0)), operands);

    public override Step<T> Compile<T>(Storage storage)
    {
        int[] from = storage.OperandShapes[0].Strides();
        Shape target = storage.ResultShapes[0];
        return new CopyStep<T>(storage, [new CopyRegion(0, target, 0, Order.Select(axis => from[axis]), 0, Indices.Of(target.Strides()))]);
    }
}
