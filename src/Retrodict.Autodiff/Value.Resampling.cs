namespace Retrodict.Autodiff;

/// <content>Other resolutions of an image in one to three spatial dimensions.</content>
public sealed partial class Value
{
    // A product with the matrix of weights, though mostly zeros, beats reading scattered elements up to about this length.
    private const int LongestMatrix = 256;

    /// <summary>
    /// The image at another resolution. Samples stand at the centers of equal cells that fill the same interval at both resolutions
    /// ("corners not aligned"): sample o of m lies at position (o + 1/2) n / m - 1/2 among n. Making an image smaller does not average over
    /// what lies between (see <see cref="AveragePool"/>).
    /// </summary>
    /// <param name="input">[channels, spatial axes], with one to three spatial axes.</param>
    /// <param name="size">The new spatial lengths.</param>
    /// <param name="interpolation">
    /// How values between samples are found. With <see cref="Interpolation.Linear"/> a NaN or an infinity may spread along its axes.
    /// </param>
    /// <returns>[channels, spatial axes].</returns>
    /// <exception cref="ShapeException">The sizes do not fit the spatial axes, or an empty axis would get elements.</exception>
    public static Value Resize(Value input, PerAxis size, Interpolation interpolation = Interpolation.Linear)
    {
        const string User = "resize";
        ArgumentNullException.ThrowIfNull(input);
        int axes = SpatialAxes(User, input);
        Indices sizes = size.For(User, "size", axes, 0);
        for (int axis = 0; axis < axes; axis++)
        {
            if (input.Shape[axis + 1] == 0 && sizes[axis] > 0)
            {
                throw new ShapeException($"{User}: spatial axis {axis} of {input.Shape} is empty and cannot get {sizes[axis]} elements.");
            }
        }

        // Axes that become shorter first, since the others then have less to do.
        foreach (int axis in Enumerable.Range(0, axes).OrderBy(axis => (double)sizes[axis] / Math.Max(input.Shape[axis + 1], 1)).ToArray())
        {
            if (sizes[axis] != input.Shape[axis + 1])
            {
                input = interpolation switch
                {
                    Interpolation.Nearest => input.Gather(axis + 1, NearestPositions(input.Shape[axis + 1], sizes[axis])),
                    Interpolation.Linear => Interpolated(input, axis + 1, sizes[axis]),
                    _ => throw new ArgumentOutOfRangeException(nameof(interpolation), interpolation, "There is no such interpolation."),
                };
            }
        }

        return input;
    }

    /// <summary>
    /// The image with every spatial axis scaled by a factor, which need not be an integer: <see cref="Resize"/> to the lengths times the
    /// factor, rounded down.
    /// </summary>
    /// <param name="input">[channels, spatial axes], with one to three spatial axes.</param>
    /// <param name="factor">Positive; larger than 1 for more samples.</param>
    /// <param name="interpolation">How values between samples are found.</param>
    /// <returns>[channels, spatial axes].</returns>
    public static Value Resample(Value input, double factor, Interpolation interpolation = Interpolation.Linear)
    {
        const string User = "resample";
        ArgumentNullException.ThrowIfNull(input);
        if (!(factor > 0) || !double.IsFinite(factor))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "A scale factor is positive and finite.");
        }

        SpatialAxes(User, input);

        // 3 times 1/3 should be 1 even where it is rounded to less.
        return Resize(
            input, PerAxis.Of(Spatial(input.Shape, 1).Select(n => checked((int)Math.Floor((n * factor) + 1e-9))).Span), interpolation);
    }

    private static int[] NearestPositions(int from, int to) =>
        [.. Enumerable.Range(0, to).Select(o => (int)(((2L * o) + 1) * from / (2L * to)))];

    private static Value Interpolated(Value input, int axis, int to)
    {
        int from = input.Shape[axis];
        var low = new int[to];
        var high = new int[to];
        var weight = new double[to];
        for (int o = 0; o < to; o++)
        {
            double position = Math.Clamp(((o + 0.5) * from / to) - 0.5, 0, Math.Max(from - 1, 0));
            low[o] = (int)position;
            high[o] = Math.Min(low[o] + 1, from - 1);
            weight[o] = position - low[o];
        }

        if (from > LongestMatrix)
        {
            int[] along = [to, .. Enumerable.Repeat(1, input.Rank - axis - 1)];
            Value w = Constant(weight, Shape.Of(along));
            return (input.Gather(axis, low) * (1 - w)) + (input.Gather(axis, high) * w);
        }

        var matrix = new double[to, from];
        for (int o = 0; o < to; o++)
        {
            matrix[o, low[o]] += 1 - weight[o];
            matrix[o, high[o]] += weight[o];
        }

        // Before the axis: "abc" and so on; the axis itself: n to m.
        string before = "abc"[..axis];
        string after = "xyz"[..(input.Rank - axis - 1)];
        return Einsum($"{before}n{after},mn->{before}m{after}", input, Constant(matrix));
    }
}
