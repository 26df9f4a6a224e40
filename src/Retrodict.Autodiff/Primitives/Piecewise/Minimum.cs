using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>The smaller of two, NaN if either is NaN. Convention: at a tie each operand gets half of the derivative.</summary>
internal sealed record Minimum : Smooth
{
    public static readonly Minimum Instance = new();

    public override string Name => "minimum";

    public override int Arity => 2;

    public override int Cost => 1;

    public override Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y) =>
        Value.Select(x[operand] < x[1 - operand], 1, Value.Select(Value.EqualTo(x[0], x[1]), 0.5, 0));

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Binary<T, MinimumOperator>(x, y, result);
}

/// <summary>The smaller operand; NaN wins.</summary>
internal readonly struct MinimumOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.Minimum(x, y);
}
