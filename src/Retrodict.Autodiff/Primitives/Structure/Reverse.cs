using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff.Primitives;

/// <summary>The order of elements reversed along axes.</summary>
internal sealed record Reverse(Indices Axes) : Linear
{
    public override string Name => "reverse";

    public override string Describe() => $"reverse[axes {Axes}]";

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 1, operands);
        foreach (int axis in Axes)
        {
            operands[0].NormalizeAxis(Name, axis);
        }

        return operands[0];
    }

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        Value.Emit(this, cotangent);

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        Value.Emit(new Reverse(Axes.Select(a => a + 1)), operands);

    public override Step<T> Compile<T>(Storage storage)
    {
        Shape shape = storage.ResultShapes[0];
        int[] strides = shape.Strides();
        Indices axes = Axes;
        int offset = axes.Sum(axis => Math.Max(shape[axis] - 1, 0) * strides[axis]);
        var backwards = Indices.Generate(shape.Rank, axis => axes.Contains(axis) ? -strides[axis] : strides[axis]);
        return new CopyStep<T>(storage, [new CopyRegion(0, shape, offset, backwards, 0, Indices.Of(strides))]);
    }
}
