using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// Largest element over axes, which disappear; NaN if one is NaN, -infinity over nothing. Convention: elements that tie share the
/// derivative equally.
/// </summary>
internal sealed record Max(Indices Axes) : SingleResult
{
    public override string Name => "max";

    public override string Describe() => $"max[axes {Axes}]";

    public override Shape InferShape(ReadOnlySpan<Shape> operands) => Reduction.InferShape(Name, Axes, operands);

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents)
    {
        Value mask = Value.EqualTo(operands[0], Reduction.Restore(result, operands[0].Shape, Axes));
        Value ties = Value.Emit(new Sum(Axes), mask);
        Value chosen = Value.Emit(new Sum(Axes), Value.Select(mask, tangents[0]!, 0));
        return Value.ChainMultiply(chosen, Value.Reciprocal(ties));
    }

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        Value.Emit(new Max(Axes.Select(a => a + 1)), operands);

    public override Value[]? Lower(ReadOnlySpan<Value> operands) => Reduction.OneRunOfAxes(operands[0], Axes, axes => new Max(axes));

    public override Step<T> Compile<T>(Storage storage) =>
        new ReductionStep<T>(storage, Axes, Reductions.Max, Reductions.MaxColumns, ElementwiseLoop.Binary<T, MaximumOperator>);
}
