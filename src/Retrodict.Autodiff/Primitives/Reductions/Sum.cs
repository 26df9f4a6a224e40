using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>Sum over axes, which disappear; 0 over nothing. The order of summation is fixed by the sizes.</summary>
internal sealed record Sum(Indices Axes) : Linear
{
    public override string Name => "sum";

    public override string Describe() => $"sum[axes {Axes}]";

    public override Shape InferShape(ReadOnlySpan<Shape> operands) => Reduction.InferShape(Name, Axes, operands);

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        Reduction.Restore(cotangent, shapes[0], Axes);

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        Value.Emit(new Sum(Axes.Select(a => a + 1)), operands);

    public override Value[]? Lower(ReadOnlySpan<Value> operands) => Reduction.OneRunOfAxes(operands[0], Axes, axes => new Sum(axes));

    public override Step<T> Compile<T>(Storage storage) =>
        new ReductionStep<T>(storage, Axes, Reductions.Sum, Reductions.SumColumns, ElementwiseLoop.Binary<T, AddOperator>);
}
