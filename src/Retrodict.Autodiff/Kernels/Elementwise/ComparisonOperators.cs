using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>1 where x &lt; y, else 0; 0 beside NaN.</summary>
internal readonly struct LessOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Vector512.LessThan(x, y) & Vector512<T>.One;
}

/// <summary>1 where x &lt;= y, else 0; 0 beside NaN.</summary>
internal readonly struct LessOrEqualOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Vector512.LessThanOrEqual(x, y) & Vector512<T>.One;
}

/// <summary>1 where x == y, else 0; 0 beside NaN.</summary>
internal readonly struct EqualOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Vector512.Equals(x, y) & Vector512<T>.One;
}

/// <summary>1 where x != y, else 0; 1 beside NaN.</summary>
internal readonly struct NotEqualOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Vector512.AndNot(Vector512<T>.One, Vector512.Equals(x, y));
}
