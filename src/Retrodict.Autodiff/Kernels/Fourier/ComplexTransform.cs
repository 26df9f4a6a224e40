using System.Numerics;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels.Fourier;

/// <summary>
/// The discrete Fourier transform to[k] = scale sum_n exp(-2 pi i n k / N) from[n] of lines side by side; between
/// <see cref="LaneRows{T}.Exchanged"/> rows it is the one with exp(+2 pi i n k / N).
/// </summary>
internal abstract unsafe class ComplexTransform<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>N.</summary>
    public abstract int Length { get; }

    /// <summary>Scratch elements for a number of lanes.</summary>
    public abstract int ScratchLength(int lanes);

    /// <summary>Transforms all lanes.</summary>
    /// <param name="from">N complex rows.</param>
    /// <param name="to">N complex rows, other memory.</param>
    /// <param name="lanes">At least as many as a vector has, or the number the transform was made for.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="scratch">Memory of <see cref="ScratchLength"/>.</param>
    public abstract void Run(LaneRows<T> from, LaneRows<T> to, int lanes, T scale, T* scratch);

    /// <summary>Makes a transform.</summary>
    /// <param name="length">N, at least 1.</param>
    /// <param name="lanes">If fewer than a vector has (and <see cref="FitsNarrow"/>), the number of lanes that every run will have; else
    /// any number.</param>
    public static ComplexTransform<T> Create(int length, int lanes) =>
        Radices.Of(length) is { } radices ? new StockhamTransform<T>(length, radices, lanes) : new BluesteinTransform<T>(length, lanes);

    /// <summary>Whether a line is long enough to fill vectors from lanes that alone do not.</summary>
    public static bool FitsNarrow(int length, int lanes)
    {
        int[]? radices = Radices.Of(length);
        if (radices is null)
        {
            length = Radices.ConvolutionLength(checked((2 * length) - 1));
            radices = Radices.Of(length)!;
        }

        return length > 1 && (long)length * lanes / radices.Max() >= Vector512<T>.Count;
    }
}
