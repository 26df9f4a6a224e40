using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>log(1 + x).</summary>
internal sealed record LogP1 : Smooth
{
    public static readonly LogP1 Instance = new();

    public override string Name => "logp1";

    public override int Arity => 1;

    public override int Cost => 10;

    public override Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y) => Value.Reciprocal(x[0] + 1);

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Unary<T, LogP1Operator>(x, result);
}

/// <summary>ln(1 + x).</summary>
internal readonly struct LogP1Operator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.LogP1(x);
}
