using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>Difference of two tensors.</summary>
internal sealed record Subtract : Elementwise
{
    public static readonly Subtract Instance = new();

    public override string Name => "subtract";

    public override int Arity => 2;

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents) =>
        tangents[1] is not { } right ? tangents[0] : tangents[0] is { } left ? left - right : -right;

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        operand == 0 ? cotangent : -cotangent;

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Binary<T, SubtractOperator>(x, y, result);
}

/// <summary>x - y.</summary>
internal readonly struct SubtractOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x - y;
}
