using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>Exponential.</summary>
internal sealed record Exp : Smooth
{
    public static readonly Exp Instance = new();

    public override string Name => "exp";

    public override int Arity => 1;

    public override int Cost => 10;

    public override Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y) => y;

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Unary<T, ExpOperator>(x, result);
}
