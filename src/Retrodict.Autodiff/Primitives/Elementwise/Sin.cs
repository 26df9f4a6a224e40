using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>Sine.</summary>
internal sealed record Sin : Smooth
{
    public static readonly Sin Instance = new();

    public override string Name => "sin";

    public override int Arity => 1;

    public override int Cost => 10;

    public override Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y) => Value.Cos(x[0]);

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Unary<T, SinOperator>(x, result);
}
