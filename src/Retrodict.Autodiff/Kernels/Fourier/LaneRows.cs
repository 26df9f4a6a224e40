using System.Numerics;

namespace Retrodict.Autodiff.Kernels.Fourier;

/// <summary>
/// Rows of numbers side by side, in memory somebody else keeps alive: element n of every line of a tile forms row n, so that arithmetic on
/// a row is arithmetic on vectors, whatever the transform does along the lines. Complex rows keep real and imaginary parts apart; real ones
/// have no imaginary part.
/// </summary>
/// <param name="re">Real parts.</param>
/// <param name="im">Imaginary parts; null for real rows.</param>
/// <param name="stride">Elements from one row to the next.</param>
internal readonly unsafe struct LaneRows<T>(T* re, T* im, nint stride)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public readonly T* Re = re;
    public readonly T* Im = im;
    public readonly nint Stride = stride;

    /// <summary>Real and imaginary parts exchanged: a forward transform between exchanged rows is a backward one.</summary>
    public LaneRows<T> Exchanged => new(Im, Re, Stride);

    /// <summary>Real rows 2n and 2n + 1 read as the complex row n.</summary>
    public LaneRows<T> Paired => new(Re, Re + Stride, 2 * Stride);

    /// <summary>Complex rows in scratch memory, all real parts before all imaginary ones.</summary>
    public static LaneRows<T> In(T* memory, int rows, int lanes) => new(memory, memory + ((nint)rows * lanes), lanes);
}
