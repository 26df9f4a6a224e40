using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>1 / x.</summary>
internal sealed record Reciprocal : Smooth
{
    public static readonly Reciprocal Instance = new();

    public override string Name => "reciprocal";

    public override int Arity => 1;

    public override int Cost => 4;

    public override Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y) => -(y * y);

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Unary<T, ReciprocalOperator>(x, result);
}

/// <summary>1 / x.</summary>
internal readonly struct ReciprocalOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.Reciprocal(x);
}
