using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>Quotient. Linear in the numerator, so it also has a transpose for it.</summary>
internal sealed record Divide : Elementwise
{
    public static readonly Divide Instance = new();

    public override string Name => "divide";

    public override int Arity => 2;

    public override int Cost => 4;

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents)
    {
        Value reciprocal = Value.Reciprocal(operands[1]);
        Value? byNumerator = tangents[0] is { } n ? Value.ChainMultiply(n, reciprocal) : null;
        Value? byDenominator = tangents[1] is { } d ? Value.ChainMultiply(d, result * reciprocal) : null;
        return byDenominator is null ? byNumerator : byNumerator is null ? -byDenominator : byNumerator - byDenominator;
    }

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        operand == 0 && operands[1] is { } denominator
            ? Value.ChainMultiply(cotangent, Value.Reciprocal(denominator))
            : base.Cotangent(operand, operands, shapes, cotangent);

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Binary<T, DivideOperator>(x, y, result);
}

/// <summary>x / y.</summary>
internal readonly struct DivideOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x / y;
}
