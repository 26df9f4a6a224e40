using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>Sum of two tensors.</summary>
internal sealed record Add : Elementwise
{
    public static readonly Add Instance = new();

    public override string Name => "add";

    public override int Arity => 2;

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents) =>
        tangents[0] is { } left && tangents[1] is { } right ? left + right : tangents[0] ?? tangents[1];

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) => cotangent;

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Binary<T, AddOperator>(x, y, result);
}
