using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>Cosine.</summary>
internal sealed record Cos : Smooth
{
    public static readonly Cos Instance = new();

    public override string Name => "cos";

    public override int Arity => 1;

    public override int Cost => 10;

    public override Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y) => -Value.Sin(x[0]);

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Unary<T, CosOperator>(x, result);
}
