using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>Square root.</summary>
internal sealed record Sqrt : Smooth
{
    public static readonly Sqrt Instance = new();

    public override string Name => "sqrt";

    public override int Arity => 1;

    public override int Cost => 4;

    public override Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y) => 0.5 / y;

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Unary<T, SqrtOperator>(x, result);
}

/// <summary>The square root.</summary>
internal readonly struct SqrtOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.Sqrt(x);
}
