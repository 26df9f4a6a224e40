using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>Natural logarithm.</summary>
internal sealed record Log : Smooth
{
    public static readonly Log Instance = new();

    public override string Name => "log";

    public override int Arity => 1;

    public override int Cost => 10;

    public override Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y) => Value.Reciprocal(x[0]);

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Unary<T, LogOperator>(x, result);
}
