using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>Sign: -1, 0 or 1 (NaN for NaN). Derivative 0 everywhere.</summary>
internal sealed record Sign : Smooth
{
    public static readonly Sign Instance = new();

    public override string Name => "sign";

    public override int Arity => 1;

    public override int Cost => 1;

    public override Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y) => null;

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Unary<T, SignOperator>(x, result);
}

/// <summary>-1, 0 or 1.</summary>
internal readonly struct SignOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.Sign(x);
}
