using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Numerics;

/// <summary>Numbers of the solver's type and of the model's.</summary>
internal static class PrecisionConversion
{
    /// <summary>to = from, to the nearest.</summary>
    public static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : unmanaged, IFloatingPointIeee754<TFrom>
        where TTo : unmanaged, IFloatingPointIeee754<TTo>
    {
        if (typeof(TFrom) == typeof(TTo))
        {
            MemoryMarshal.Cast<TFrom, TTo>(from).CopyTo(to);
        }
        else if (typeof(TFrom) == typeof(double))
        {
            Narrow(MemoryMarshal.Cast<TFrom, double>(from), MemoryMarshal.Cast<TTo, float>(to)[..from.Length]);
        }
        else
        {
            Widen(MemoryMarshal.Cast<TFrom, float>(from), MemoryMarshal.Cast<TTo, double>(to)[..from.Length]);
        }
    }

    private static void Narrow(ReadOnlySpan<double> from, Span<float> to)
    {
        int i = 0;
        for (; i + Vector256<float>.Count <= from.Length; i += Vector256<float>.Count)
        {
            Vector256.Narrow(Vector256.Create(from[i..]), Vector256.Create(from[(i + Vector256<double>.Count)..])).CopyTo(to[i..]);
        }

        for (; i < from.Length; i++)
        {
            to[i] = (float)from[i];
        }
    }

    private static void Widen(ReadOnlySpan<float> from, Span<double> to)
    {
        int i = 0;
        for (; i + Vector256<float>.Count <= from.Length; i += Vector256<float>.Count)
        {
            (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(Vector256.Create(from[i..]));
            lower.CopyTo(to[i..]);
            upper.CopyTo(to[(i + Vector256<double>.Count)..]);
        }

        for (; i < from.Length; i++)
        {
            to[i] = from[i];
        }
    }
}
