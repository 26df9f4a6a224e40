using System.Numerics;
using System.Runtime.InteropServices;

namespace Retrodict.Autodiff.Execution;

/// <summary>Kernels that compute in double whatever the plan's element type: their scratch, and conversions.</summary>
internal static unsafe class Doubles
{
    /// <summary>Elements of scratch that hold so many doubles.</summary>
    public static int Scratch<T>(int length)
        where T : unmanaged => length * (sizeof(double) / sizeof(T));

    public static Span<double> Of<T>(Span<T> scratch)
        where T : unmanaged => MemoryMarshal.Cast<T, double>(scratch);

    /// <summary>Cuts the first elements off a buffer.</summary>
    public static Span<double> Take(ref Span<double> buffer, int length)
    {
        Span<double> first = buffer[..length];
        buffer = buffer[length..];
        return first;
    }

    public static void Widen<T>(ReadOnlySpan<T> from, Span<double> to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = double.CreateTruncating(from[i]);
        }
    }

    public static void Narrow<T>(ReadOnlySpan<double> from, Span<T> to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = T.CreateTruncating(from[i]);
        }
    }

    /// <summary>The element type's distance from 1 to the next number.</summary>
    public static double Epsilon<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => double.CreateTruncating(T.BitIncrement(T.One) - T.One);
}
