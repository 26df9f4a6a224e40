using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>Largest integer not above. Derivative 0 everywhere.</summary>
internal sealed record Floor : Smooth
{
    public static readonly Floor Instance = new();

    public override string Name => "floor";

    public override int Arity => 1;

    public override int Cost => 1;

    public override Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y) => null;

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) => ElementwiseLoop.Unary<T, FloorOperator>(x, result);
}

/// <summary>The largest integer not above x.</summary>
internal readonly struct FloorOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.Floor(x);
}
