using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff.Primitives;

/// <summary>Positions Start, Start + Step, ... below End along every axis.</summary>
internal sealed record Slice(Indices Start, Indices End, Indices Step) : Linear
{
    public override string Name => "slice";

    public override string Describe() => $"slice[{Start} to {End} by {Step}]";

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 1, operands);
        Shape shape = operands[0];
        var lengths = new int[shape.Rank];
        for (int axis = 0; axis < lengths.Length; axis++)
        {
            if (Start[axis] < 0 || End[axis] > shape[axis] || Start[axis] > End[axis] || Step[axis] < 1)
            {
                throw new ShapeException(
                    $"slice: {Start[axis]} to {End[axis]} by {Step[axis]} does not lie inside axis {axis} of {shape}; it takes 0 <= "
                    + $"start <= end <= {shape[axis]} and step >= 1.");
            }

            lengths[axis] = (End[axis] - Start[axis] + Step[axis] - 1) / Step[axis];
        }

        return Shape.Of(lengths);
    }

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent)
    {
        Shape whole = shapes[0];
        Shape part = cotangent.Shape;
        Indices start = Start;
        Indices step = Step;
        return Value.Emit(
            new Pad(
                Start,
                Indices.Generate(whole.Rank, axis => whole[axis] - start[axis] - Pad.Stretched(part[axis], step[axis] - 1)),
                Step.Select(s => s - 1)),
            cotangent);
    }

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        Value.Emit(new Slice(Start.Prepend(0), End.Prepend(size), Step.Prepend(1)), operands);

    public override Step<T> Compile<T>(Storage storage)
    {
        int[] from = storage.OperandShapes[0].Strides();
        Shape target = storage.ResultShapes[0];
        int offset = 0;
        for (int axis = 0; axis < from.Length; axis++)
        {
            offset += Start[axis] * from[axis];
        }

        Indices step = Step;
        return new CopyStep<T>(
            storage,
            [new CopyRegion(0, target, offset, Indices.Generate(from.Length, a => from[a] * step[a]), 0, Indices.Of(target.Strides()))]);
    }
}
