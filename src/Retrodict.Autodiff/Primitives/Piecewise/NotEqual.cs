using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>1 where x and y differ or one is NaN, else 0. Derivative 0 everywhere.</summary>
internal sealed record NotEqual : Smooth
{
    public static readonly NotEqual Instance = new();

    public override string Name => "not-equal";

    public override int Arity => 2;

    public override int Cost => 1;

    public override Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y) => null;

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Binary<T, NotEqualOperator>(x, y, result);
}

/// <summary>1 where x != y, else 0; 1 beside NaN.</summary>
internal readonly struct NotEqualOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Vector512.AndNot(Vector512<T>.One, Vector512.Equals(x, y));
}
