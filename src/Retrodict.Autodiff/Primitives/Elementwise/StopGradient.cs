using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// The identity with derivative zero. Kept by <c>Simplify</c>, since the function may still be differentiated; gone when compiled.
/// </summary>
internal sealed record StopGradient : Elementwise
{
    public static readonly StopGradient Instance = new();

    public override string Name => "stop-gradient";

    public override int Arity => 1;

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents) => null;

    public override Value[]? Lower(ReadOnlySpan<Value> operands) => [operands[0]];

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) =>
        ElementwiseLoop.Binary<T, AddOperator>(x, [T.NegativeZero], result);
}
