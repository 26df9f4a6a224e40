namespace Retrodict.Autodiff;

/// <summary>How <see cref="Value.MaxPool"/> and <see cref="Value.AveragePool"/> place their windows.</summary>
public sealed record PoolingOptions
{
    /// <summary>
    /// Positions of the input from one window to the next, at least 1. Default: the window's lengths, so that windows neither overlap nor
    /// leave gaps.
    /// </summary>
    public PerAxis? Stride { get; init; }

    /// <summary>
    /// How far the input is continued, less than the window's length on either side, so that every window has an element of the input. A
    /// maximum does not see what is padded. Default: not at all.
    /// </summary>
    public Padding Padding { get; init; } = Padding.Valid;

    /// <summary>
    /// Whether an average divides by the window's size, counting padding as zeros, or by the number of the input's elements in it. Default:
    /// the latter.
    /// </summary>
    public bool CountPadding { get; init; }
}
