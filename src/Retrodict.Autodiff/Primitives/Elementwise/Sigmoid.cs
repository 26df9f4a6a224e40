using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>The logistic function 1 / (1 + exp(-x)).</summary>
internal sealed record Sigmoid : Smooth
{
    public static readonly Sigmoid Instance = new();

    public override string Name => "sigmoid";

    public override int Arity => 1;

    public override int Cost => 10;

    public override Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y) => y * Value.Sigmoid(-x[0]);

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Unary<T, SigmoidOperator>(x, result);
}
