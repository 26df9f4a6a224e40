using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// The product of derivative rules, with strong zeros: 0 wherever a factor is 0, even if the other is infinite or NaN. A structural zero
/// that has become a number (a seed of a batched Jacobian, the cotangent of a branch not taken) thus stays zero beside an infinite
/// derivative, as it does symbolically.
/// </summary>
internal sealed record ChainMultiply : Elementwise
{
    public static readonly ChainMultiply Instance = new();

    public override string Name => "chain-multiply";

    public override int Arity => 2;

    public static Value? ProductRule(ReadOnlySpan<Value> operands, ReadOnlySpan<Value?> tangents)
    {
        Value? left = tangents[0] is { } l ? Value.ChainMultiply(l, operands[1]) : null;
        Value? right = tangents[1] is { } r ? Value.ChainMultiply(r, operands[0]) : null;
        return left is null ? right : right is null ? left : left + right;
    }

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents) =>
        ProductRule(operands, tangents);

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        operands[1 - operand] is { } factor ? Value.ChainMultiply(cotangent, factor) : base.Cotangent(operand, operands, shapes, cotangent);

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Binary<T, ChainMultiplyOperator>(x, y, result);
}

/// <summary>x * y, but +0 wherever either operand is a zero, even beside infinity or NaN.</summary>
/// <remarks>
/// For derivative rules: a cotangent of zero says that a branch was not taken, and the infinite slope of that branch must
/// then not make a NaN.
/// </remarks>
internal readonly struct ChainMultiplyOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Vector512.AndNot(x * y, Vector512.Equals(x, Vector512<T>.Zero) | Vector512.Equals(y, Vector512<T>.Zero));
}
