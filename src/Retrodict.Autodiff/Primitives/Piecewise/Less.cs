using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>1 where x is less than y, else 0. Derivative 0 everywhere.</summary>
internal sealed record Less : Smooth
{
    public static readonly Less Instance = new();

    public override string Name => "less";

    public override int Arity => 2;

    public override int Cost => 1;

    public override Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y) => null;

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Binary<T, LessOperator>(x, y, result);
}

/// <summary>1 where x &lt; y, else 0; 0 beside NaN.</summary>
internal readonly struct LessOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Vector512.LessThan(x, y) & Vector512<T>.One;
}
