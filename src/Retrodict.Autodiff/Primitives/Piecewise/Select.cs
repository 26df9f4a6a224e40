using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// The second operand where the first is not 0, else the third. Linear in the two branches; the mask has no derivative. Tangents and
/// cotangents are selected too, never multiplied by the mask, so a branch not taken contributes exactly zero.
/// </summary>
internal sealed record Select : Elementwise
{
    public static readonly Select Instance = new();

    public override string Name => "select";

    public override int Arity => 3;

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents) =>
        tangents[1] is null && tangents[2] is null ? null : Value.Select(operands[0], tangents[1] ?? 0, tangents[2] ?? 0);

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        operands[0] is not { } mask
            ? base.Cotangent(operand, operands, shapes, cotangent)
            : operand == 1 ? Value.Select(mask, cotangent, 0) : Value.Select(mask, 0, cotangent);

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Ternary<T, SelectOperator>(x, y, z, result);
}

/// <summary>whenTrue where the mask is not zero (NaN is not zero), whenFalse elsewhere; the branch not taken leaves no trace.</summary>
internal readonly struct SelectOperator : ITernaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> mask, Vector512<T> whenTrue, Vector512<T> whenFalse)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Vector512.ConditionalSelect(Vector512.Equals(mask, Vector512<T>.Zero), whenFalse, whenTrue);
}
