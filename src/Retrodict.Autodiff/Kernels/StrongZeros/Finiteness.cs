using System.Numerics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>Searches for NaN, infinities and anything but zero.</summary>
internal static class Finiteness
{
    /// <summary>Whether an element is NaN.</summary>
    public static bool HasNaN<T>(ReadOnlySpan<T> elements)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> numbers = Vector<T>.AllBitsSet;
        int i = 0;
        for (; i <= elements.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            var x = new Vector<T>(elements[i..]);
            numbers &= Vector.Equals(x, x);
        }

        bool found = !Vector.EqualsAll(numbers.As<T, byte>(), Vector<byte>.AllBitsSet);
        for (; i < elements.Length; i++)
        {
            found |= T.IsNaN(elements[i]);
        }

        return found;
    }

    /// <summary>Whether all elements are finite.</summary>
    public static bool AllFinite<T>(ReadOnlySpan<T> elements)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> finite = Vector<T>.AllBitsSet;
        int i = 0;
        for (; i <= elements.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            // Infinity minus itself is NaN.
            var x = new Vector<T>(elements[i..]);
            x -= x;
            finite &= Vector.Equals(x, x);
        }

        bool all = Vector.EqualsAll(finite.As<T, byte>(), Vector<byte>.AllBitsSet);
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
