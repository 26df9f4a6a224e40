using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>Hyperbolic tangent.</summary>
internal sealed record Tanh : Smooth
{
    public static readonly Tanh Instance = new();

    public override string Name => "tanh";

    public override int Arity => 1;

    public override int Cost => 10;

    public override Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y) => 1 - (y * y);

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Unary<T, TanhOperator>(x, result);
}
