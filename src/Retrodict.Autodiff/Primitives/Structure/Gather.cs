using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff.Primitives;

/// <summary>Slices of one axis at fixed positions.</summary>
internal sealed record Gather(int Axis, Indices Positions) : Linear
{
    public override string Name => "gather";

    public override string Describe() => $"gather[axis {Axis}, {Positions.Count} positions]";

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 1, operands);
        int[] lengths = [.. operands[0].Lengths];
        RequireInside(Name, Positions, lengths[Axis], Axis);
        lengths[Axis] = Positions.Count;
        return Shape.Of(lengths);
    }

    public static void RequireInside(string user, Indices positions, int length, int axis)
    {
        foreach (int position in positions.Span)
        {
            if (position < 0 || position >= length)
            {
                throw new ShapeException(
                    $"{user}: position {position} is outside of axis {axis}, whose positions run from 0 to {length - 1}.");
            }
        }
    }

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        Value.Emit(new ScatterAdd(Axis, shapes[0][Axis], Positions), cotangent);

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        Value.Emit(new Gather(Axis + 1, Positions), operands);

    public override Step<T> Compile<T>(Storage storage) => new GatherStep<T>(storage, Axis, Positions);

    private sealed class GatherStep<T>(Storage storage, int axis, Indices positions) : Step<T>(storage)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        private readonly AxisView _from = new(storage.OperandShapes[0], axis);

        public override void Run(Workspace<T> workspace, int part, Span<T> scratch)
        {
            ReadOnlySpan<T> from = workspace.Read(Operand(0));
            Span<T> to = workspace.Write(Result);
            ReadOnlySpan<int> at = positions.Span;
            int inner = _from.Inner;
            for (int outer = 0; outer < _from.Outer; outer++)
            {
                if (inner == 1)
                {
                    // Spans of one element would cost more than the element.
                    ReadOnlySpan<T> line = from.Slice(outer * _from.Length, _from.Length);
                    Span<T> target = to.Slice(outer * at.Length, at.Length);
                    for (int i = 0; i < at.Length; i++)
                    {
                        target[i] = line[at[i]];
                    }

                    continue;
                }

                for (int i = 0; i < at.Length; i++)
                {
                    from.Slice(((outer * _from.Length) + at[i]) * inner, inner).CopyTo(to[(((outer * at.Length) + i) * inner)..]);
                }
            }
        }
    }
}
