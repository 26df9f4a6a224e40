namespace Retrodict.Autodiff;

/// <summary>How far the input of a convolution or a pooling is continued before and after each spatial axis.</summary>
public sealed record Padding
{
    private Padding()
    {
    }

    /// <summary>None: windows lie inside the input, and the result is shorter by the window's reach.</summary>
    public static Padding Valid { get; } = Of(0);

    /// <summary>
    /// As much as makes the result's length the input's divided by the stride, rounded up. If the amount is odd, the additional element
    /// goes after.
    /// </summary>
    public static Padding Same { get; } = new() { IsSame = true };

    internal PerAxis Before { get; private init; } = 0;

    internal PerAxis After { get; private init; } = 0;

    internal bool IsSame { get; private init; }

    /// <summary>The same amount before and after.</summary>
    /// <param name="amount">The amount for all or for each axis; negative amounts cut off.</param>
    public static Padding Of(PerAxis amount) => Of(amount, amount);

    /// <summary>Given amounts.</summary>
    /// <param name="before">The amount before, for all or for each axis; negative amounts cut off.</param>
    /// <param name="after">The amount after.</param>
    public static Padding Of(PerAxis before, PerAxis after) => new() { Before = before, After = after };

    /// <inheritdoc/>
    public override string ToString() => IsSame ? "same" : $"{Before} before, {After} after";

    /// <summary>The amounts for windows of given extents.</summary>
    internal (Indices Before, Indices After) For(string user, Indices lengths, Indices extents, Indices stride)
    {
        int axes = lengths.Count;
        if (!IsSame)
        {
            return (Before.For(user, "padding before", axes, int.MinValue), After.For(user, "padding after", axes, int.MinValue));
        }

        // The last of ceil(length / stride) windows must end inside.
        var total = Indices.Generate(
            axes, i => Math.Max(((((lengths[i] + stride[i] - 1) / stride[i]) - 1) * stride[i]) + extents[i] - lengths[i], 0));
        return (total.Select(t => t / 2), total.Select(t => t - (t / 2)));
    }
}
