using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>Square root.</summary>
internal sealed record Sqrt : Smooth
{
    public static readonly Sqrt Instance = new();

    public override string Name => "sqrt";

    public override int Arity => 1;

    public override int Cost => 4;

    public override Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y) => 0.5 / y;

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Unary<T, SqrtOperator>(x, result);
}
