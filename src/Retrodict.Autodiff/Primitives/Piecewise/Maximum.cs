using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>The larger of two, NaN if either is NaN. Convention: at a tie each operand gets half of the derivative.</summary>
internal sealed record Maximum : Smooth
{
    public static readonly Maximum Instance = new();

    public override string Name => "maximum";

    public override int Arity => 2;

    public override int Cost => 1;

    public override Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y) =>
        Value.Select(x[operand] > x[1 - operand], 1, Value.Select(Value.EqualTo(x[0], x[1]), 0.5, 0));

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Binary<T, MaximumOperator>(x, y, result);
}
