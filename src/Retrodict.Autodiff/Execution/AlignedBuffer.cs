using System.Runtime.CompilerServices;

namespace Retrodict.Autodiff.Execution;

/// <summary>Buffers whose first element lies on a cache line, so that vector loads do not straddle two.</summary>
internal static class AlignedBuffer<T>
    where T : unmanaged
{
    private const int Alignment = 64;

    /// <summary>The number of elements in a cache line.</summary>
    public static int ElementsPerLine => Alignment / Unsafe.SizeOf<T>();

    public static unsafe (T[] Array, int Base) Allocate(int length)
    {
        // Pinned, so that the alignment lasts.
        T[] array = GC.AllocateArray<T>(length + ElementsPerLine, pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref array[0]);
        return (array, (int)((Alignment - (address % Alignment)) % Alignment) / Unsafe.SizeOf<T>());
    }

    public static int RoundUp(int length) => (length + ElementsPerLine - 1) / ElementsPerLine * ElementsPerLine;
}
