namespace Retrodict.Autodiff;

/// <summary>How <see cref="Value.Convolve"/> and <see cref="Value.ConvolveTransposed"/> place their windows.</summary>
public sealed record ConvolutionOptions
{
    /// <summary>Positions of the input from one window to the next, at least 1. Default 1.</summary>
    public PerAxis Stride { get; init; } = 1;

    /// <summary>
    /// Positions of the input from one element of the kernel to the next, at least 1. Default 1: the kernel's elements are neighbors.
    /// </summary>
    public PerAxis Dilation { get; init; } = 1;

    /// <summary>How far the input is continued. Default: not at all.</summary>
    public Padding Padding { get; init; } = Padding.Valid;

    /// <summary>With what the input is continued. Default: zeros.</summary>
    public PaddingKind PaddingKind { get; init; }

    /// <summary>
    /// Into how many groups the channels are cut; each group of the result's sees its own group of the input's only. Both numbers of
    /// channels must be multiples of it. As many groups as channels is a depthwise convolution. Default 1.
    /// </summary>
    public int Groups { get; init; } = 1;
}
