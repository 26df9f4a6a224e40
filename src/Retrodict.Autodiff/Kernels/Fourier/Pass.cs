using System.Numerics;

namespace Retrodict.Autodiff.Kernels.Fourier;

/// <summary>
/// One pass of a Stockham transform by decimation in frequency: with <paramref name="done"/> = s the product of the radices of earlier
/// passes and <paramref name="left"/> = m the length that remains after this one of radix r, for p &lt; m and q &lt; s to[q + s (r p + k)]
/// = exp(-2 pi i p k / (r m)) sum_j exp(-2 pi i j k / r) from[q + s (p + m j)], k &lt; r. The result comes out in natural order, so no
/// permutation is needed.
/// </summary>
/// <param name="from">The operand's rows.</param>
/// <param name="to">The result's rows, other memory.</param>
/// <param name="done">s.</param>
/// <param name="left">m.</param>
/// <param name="lanes">Elements in a row, at least as many as a vector has.</param>
/// <param name="roots">The roots of unity for p = 0, 1, ... and k = 1, ..., r - 1, real and imaginary part in turn; not read if m =
/// 1.</param>
/// <param name="scale">A factor, if m = 1.</param>
internal readonly unsafe struct Pass<T>(LaneRows<T> from, LaneRows<T> to, int done, int left, int lanes, T* roots, T scale)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public readonly LaneRows<T> From = from;
    public readonly LaneRows<T> To = to;
    public readonly int Left = left;
    public readonly T* Roots = roots;
    public readonly T Scale = scale;

    // Rows that follow one another without a gap on both sides are one long row.
    private readonly bool _gapless = done == 1 || (from.Stride == lanes && to.Stride == lanes);

    /// <summary>Runs of neighboring elements that each p has.</summary>
    public int Blocks => _gapless ? 1 : done;

    /// <summary>The length of such a run.</summary>
    public nint Run => _gapless ? (nint)done * lanes : lanes;

    /// <summary>Elements between the operands of one butterfly.</summary>
    public nint FromStep => (nint)Left * done * From.Stride;

    /// <summary>Elements between the results of one butterfly.</summary>
    public nint ToStep => done * To.Stride;

    /// <summary>Where the operands of a run begin.</summary>
    public nint FromStart(int p, int block) => (((nint)p * done) + block) * From.Stride;

    /// <summary>Where the results of a run begin.</summary>
    public nint ToStart(int p, int radix, int block) => (((nint)p * radix * done) + block) * To.Stride;
}
