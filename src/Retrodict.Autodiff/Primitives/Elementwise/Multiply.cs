using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>Product. Its derivatives multiply with <see cref="ChainMultiply"/>.</summary>
internal sealed record Multiply : Elementwise
{
    public static readonly Multiply Instance = new();

    public override string Name => "multiply";

    public override int Arity => 2;

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents) =>
        ChainMultiply.ProductRule(operands, tangents);

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        operands[1 - operand] is { } factor ? Value.ChainMultiply(cotangent, factor) : base.Cotangent(operand, operands, shapes, cotangent);

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Binary<T, MultiplyOperator>(x, y, result);
}

/// <summary>x * y.</summary>
internal readonly struct MultiplyOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x * y;
}
