using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>Searches for NaN, infinities and anything but zero.</summary>
internal static class Finiteness
{
    /// <summary>Whether an element is NaN.</summary>
    public static bool HasNaN<T>(ReadOnlySpan<T> elements)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!AllFinite(elements))
        {
            foreach (T element in elements)
            {
                if (T.IsNaN(element))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether all elements are finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AllFinite<T>(ReadOnlySpan<T> elements)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // 0 times a finite number is 0, times any other NaN, which no sum loses.
        ref T start = ref MemoryMarshal.GetReference(elements);
        int lanes = Vector512<T>.Count;
        Vector512<T> zero = Vector512<T>.Zero;
        (Vector512<T> a, Vector512<T> b, Vector512<T> c, Vector512<T> d) = (zero, zero, zero, zero);
        int i = 0;
        for (; i <= elements.Length - (4 * lanes); i += 4 * lanes)
        {
            a = WideVector.FusedMultiplyAdd(Vector512.LoadUnsafe(ref start, (nuint)i), zero, a);
            b = WideVector.FusedMultiplyAdd(Vector512.LoadUnsafe(ref start, (nuint)(i + lanes)), zero, b);
            c = WideVector.FusedMultiplyAdd(Vector512.LoadUnsafe(ref start, (nuint)(i + (2 * lanes))), zero, c);
            d = WideVector.FusedMultiplyAdd(Vector512.LoadUnsafe(ref start, (nuint)(i + (3 * lanes))), zero, d);
        }

        for (; i <= elements.Length - lanes; i += lanes)
        {
            a = WideVector.FusedMultiplyAdd(Vector512.LoadUnsafe(ref start, (nuint)i), zero, a);
        }

        a += b + (c + d);
        bool all = Vector512.EqualsAll(a, zero);
        for (; i < elements.Length; i++)
        {
            all &= T.IsFinite(elements[i]);
        }

        return all;
    }

    /// <summary>Whether all elements are zeros.</summary>
    public static bool AllZero<T>(ReadOnlySpan<T> elements)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (T element in elements)
        {
            if (element != T.Zero)
            {
                return false;
            }
        }

        return true;
    }
}
