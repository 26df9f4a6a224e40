using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>whenTrue where the mask is not zero (NaN is not zero), whenFalse elsewhere; the branch not taken leaves no trace.</summary>
internal readonly struct SelectOperator : ITernaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> mask, Vector512<T> whenTrue, Vector512<T> whenFalse)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Vector512.ConditionalSelect(Vector512.Equals(mask, Vector512<T>.Zero), whenFalse, whenTrue);
}
