using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>1 / x.</summary>
internal sealed record Reciprocal : Smooth
{
    public static readonly Reciprocal Instance = new();

    public override string Name => "reciprocal";

    public override int Arity => 1;

    public override int Cost => 4;

    public override Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y) => -(y * y);

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Unary<T, ReciprocalOperator>(x, result);
}
