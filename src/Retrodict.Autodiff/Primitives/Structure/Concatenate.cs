using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff.Primitives;

/// <summary>Tensors joined along an axis.</summary>
internal sealed record Concatenate(int Axis) : Linear
{
    public override string Name => "concatenate";

    public override string Describe() => $"concatenate[axis {Axis}]";

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        int[] lengths = [.. operands[0].Lengths];
        for (int i = 1; i < operands.Length; i++)
        {
            Shape shape = operands[i];
            for (int axis = 0; axis < lengths.Length; axis++)
            {
                if (shape.Rank != lengths.Length || (axis != Axis && shape[axis] != lengths[axis]))
                {
                    throw new ShapeException(
                        $"concatenate: tensor {i} has shape {shape}, which does not fit {operands[0]} along axis {Axis}; the other axes "
                        + "must agree.");
                }
            }

            lengths[Axis] += shape[Axis];
        }

        return Shape.Of(lengths);
    }

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent)
    {
        int start = 0;
        for (int i = 0; i < operand; i++)
        {
            start += shapes[i][Axis];
        }

        return cotangent.Slice(Axis, start, start + shapes[operand][Axis]);
    }

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        Value.Emit(new Concatenate(Axis + 1), Broadcast.WithBatchAxis(operands, batched, size));

    public override Step<T> Compile<T>(Storage storage)
    {
        int[] toStrides = storage.ResultShapes[0].Strides();
        var regions = new CopyRegion[storage.OperandShapes.Length];
        int at = 0;
        for (int i = 0; i < regions.Length; i++)
        {
            Shape shape = storage.OperandShapes[i];
            regions[i] = new CopyRegion(i, shape, 0, Indices.Of(shape.Strides()), at * toStrides[Axis], Indices.Of(toStrides));
            at += shape[Axis];
        }

        return new CopyStep<T>(storage, regions);
    }
}
