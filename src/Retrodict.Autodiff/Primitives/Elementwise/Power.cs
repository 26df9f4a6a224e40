using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// x to the power y. In the derivative by x, 0 * 0^(-1) counts as 0 (constant powers of zero); in that by y, 0^y log 0 counts as 0.
/// </summary>
internal sealed record Power : Smooth
{
    public static readonly Power Instance = new();

    public override string Name => "power";

    public override int Arity => 2;

    public override int Cost => 40;

    public override Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y) => operand == 0
        ? Value.ChainMultiply(x[1], Value.Pow(x[0], x[1] - 1))
        : Value.ChainMultiply(y, Value.Log(x[0]));

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Binary<T, PowerOperator>(x, y, result);
}

/// <summary>x^y.</summary>
internal readonly struct PowerOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.Power(x, y);
}
