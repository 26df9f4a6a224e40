using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// Zeros before, after and (Interior many) between the elements of every axis. Negative Before and After cut off; Interior is not negative.
/// </summary>
internal sealed record Pad(Indices Before, Indices After, Indices Interior) : Linear
{
    public override string Name => "pad";

    public override string Describe() => $"pad[before {Before}, after {After}, interior {Interior}]";

    /// <summary>An axis's length once its elements are moved apart.</summary>
    public static int Stretched(int length, int interior) => length == 0 ? 0 : length + ((length - 1) * interior);

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 1, operands);
        Shape shape = operands[0];
        var lengths = new int[shape.Rank];
        for (int axis = 0; axis < lengths.Length; axis++)
        {
            lengths[axis] = Stretched(shape[axis], Interior[axis]) + Before[axis] + After[axis];
            if (lengths[axis] < 0 || Interior[axis] < 0)
            {
                throw new ShapeException(
                    $"pad: axis {axis} of {shape} cannot be padded by {Before[axis]} before, {After[axis]} after and {Interior[axis]} "
                    + $"between; the length would be {lengths[axis]}.");
            }
        }

        return Shape.Of(lengths);
    }

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent)
    {
        // Undo the outer padding by its opposite (which restores what was cut off as zeros), then take every (interior + 1)-th element.
        Value inner = Value.Emit(new Pad(Before.Select(b => -b), After.Select(a => -a), Indices.Repeat(0, Before.Count)), cotangent);
        return Value.Emit(new Slice(Indices.Repeat(0, Before.Count), Indices.Of(inner.Shape.Lengths), Interior.Select(i => i + 1)), inner);
    }

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        Value.Emit(new Pad(Before.Prepend(0), After.Prepend(0), Interior.Prepend(0)), operands);

    public override Step<T> Compile<T>(Storage storage)
    {
        Shape from = storage.OperandShapes[0];
        Shape to = storage.ResultShapes[0];
        int[] fromStrides = from.Strides();
        int[] toStrides = to.Strides();
        var lengths = new int[from.Rank];
        int fromOffset = 0;
        int toOffset = 0;
        for (int axis = 0; axis < from.Rank; axis++)
        {
            // Element i lands at before + i * apart; those with 0 <= landing < length are copied.
            int apart = Interior[axis] + 1;
            int first = Before[axis] >= 0 ? 0 : (-Before[axis] + apart - 1) / apart;
            int room = to[axis] - Before[axis];
            int end = room <= 0 ? 0 : Math.Min(from[axis], (room + apart - 1) / apart);
            lengths[axis] = Math.Max(end - first, 0);
            fromOffset += first * fromStrides[axis];
            toOffset += (Before[axis] + (first * apart)) * toStrides[axis];
        }

        Indices interior = Interior;
        var region = new CopyRegion(
            0, Shape.Of(lengths), fromOffset, Indices.Of(fromStrides), toOffset,
            Indices.Generate(from.Rank, a => toStrides[a] * (interior[a] + 1)));
        return new CopyStep<T>(storage, [region], clear: true);
    }
}
