using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>Adds slices into a tensor of zeros at fixed positions of one axis; slices with one position add up in their order.</summary>
internal sealed record ScatterAdd(int Axis, int Length, Indices Positions) : Linear
{
    public override string Name => "scatter-add";

    public override string Describe() => $"scatter-add[axis {Axis} of length {Length}, {Positions.Count} positions]";

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 1, operands);
        int[] lengths = [.. operands[0].Lengths];
        if (lengths[Axis] != Positions.Count)
        {
            throw new ShapeException(
                $"scatter-add: axis {Axis} of {operands[0]} needs one position a slice, but {Positions.Count} were given.");
        }

        lengths[Axis] = Length;
        Gather.RequireInside(Name, Positions, Length, Axis);
        return Shape.Of(lengths);
    }

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        Value.Emit(new Gather(Axis, Positions), cotangent);

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        Value.Emit(new ScatterAdd(Axis + 1, Length, Positions), operands);

    public override Step<T> Compile<T>(Storage storage) => new ScatterAddStep<T>(storage, Axis, Positions);

    private sealed class ScatterAddStep<T>(Storage storage, int axis, Indices positions) : Step<T>(storage)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        private readonly AxisView _to = new(storage.ResultShapes[0], axis);

        public override void Run(Workspace<T> workspace, int part, Span<T> scratch)
        {
            ReadOnlySpan<T> from = workspace.Read(Operand(0));
            Span<T> to = workspace.Write(Result);
            to.Clear();
            ReadOnlySpan<int> at = positions.Span;
            int inner = _to.Inner;
            for (int outer = 0; outer < _to.Outer; outer++)
            {
                if (inner == 1)
                {
                    // Spans of one element would cost more than the element.
                    ReadOnlySpan<T> line = from.Slice(outer * at.Length, at.Length);
                    Span<T> sums = to.Slice(outer * _to.Length, _to.Length);
                    for (int i = 0; i < at.Length; i++)
                    {
                        sums[at[i]] += line[i];
                    }

                    continue;
                }

                for (int i = 0; i < at.Length; i++)
                {
                    Span<T> target = to.Slice(((outer * _to.Length) + at[i]) * inner, inner);
                    ElementwiseLoop.Binary<T, AddOperator>(target, from.Slice(((outer * at.Length) + i) * inner, inner), target);
                }
            }
        }
    }
}
