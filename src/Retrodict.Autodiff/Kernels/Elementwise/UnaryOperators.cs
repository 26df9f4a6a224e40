using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>-x.</summary>
internal readonly struct NegateOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => -x;
}

/// <summary>|x|.</summary>
internal readonly struct AbsOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.Abs(x);
}

/// <summary>-1, 0 or 1.</summary>
internal readonly struct SignOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.Sign(x);
}

/// <summary>e^x.</summary>
internal readonly struct ExpOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.Exp(x);
}

/// <summary>e^x - 1.</summary>
internal readonly struct ExpM1Operator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.ExpM1(x);
}

/// <summary>ln x.</summary>
internal readonly struct LogOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.Log(x);
}

/// <summary>ln(1 + x).</summary>
internal readonly struct LogP1Operator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.LogP1(x);
}

/// <summary>The square root.</summary>
internal readonly struct SqrtOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.Sqrt(x);
}

/// <summary>1 / x.</summary>
internal readonly struct ReciprocalOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.Reciprocal(x);
}

/// <summary>sin x.</summary>
internal readonly struct SinOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.Sin(x);
}

/// <summary>cos x.</summary>
internal readonly struct CosOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.Cos(x);
}

/// <summary>tanh x.</summary>
internal readonly struct TanhOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.Tanh(x);
}

/// <summary>atan x.</summary>
internal readonly struct AtanOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.Atan(x);
}

/// <summary>1 / (1 + e^-x).</summary>
internal readonly struct SigmoidOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.Sigmoid(x);
}

/// <summary>ln(1 + e^x).</summary>
internal readonly struct SoftplusOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.Softplus(x);
}

/// <summary>The largest integer not above x.</summary>
internal readonly struct FloorOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => VectorMath.Floor(x);
}
