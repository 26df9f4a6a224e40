using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff;

/// <content>Pooling over windows in one to three spatial dimensions.</content>
public sealed partial class Value
{
    /// <summary>Largest element of every window, channel by channel; elements that tie share the derivative equally.</summary>
    /// <param name="input">[channels, spatial axes], with one to three spatial axes.</param>
    /// <param name="window">The window's lengths.</param>
    /// <param name="options">Stride and padding; by default the window's lengths and none.</param>
    /// <returns>[channels, spatial axes].</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or the window does not fit into the padded input.</exception>
    public static Value MaxPool(Value input, PerAxis window, PoolingOptions? options = null)
    {
        const string User = "max pool";
        (Indices lengths, Indices stride, Indices before, Indices after) = PoolingWindows(User, input, window, ref options);
        Indices sizes = Pooled(input.Shape, lengths, stride, before, after);
        Value padded = input;
        for (int axis = 0; axis < lengths.Count; axis++)
        {
            padded = before[axis] == 0 && after[axis] == 0
                ? padded
                : padded.Pad(axis + 1, before[axis], after[axis], double.NegativeInfinity);
        }

        // One strided copy for every position in a window, and the largest of them.
        int count = lengths.Aggregate(1, (product, length) => checked(product * length));
        var shifted = new Value[count];
        for (int i = 0; i < count; i++)
        {
            int rest = i;
            var start = new int[lengths.Count];
            for (int axis = lengths.Count - 1; axis >= 0; axis--)
            {
                start[axis] = rest % lengths[axis];
                rest /= lengths[axis];
            }

            var end = Indices.Generate(
                lengths.Count, axis => sizes[axis] == 0 ? start[axis] : start[axis] + ((sizes[axis] - 1) * stride[axis]) + 1);
            shifted[i] = Emit(new Slice(Indices.Of(start).Prepend(0), end.Prepend(input.Shape[0]), stride.Prepend(1)), padded);
        }

        return count == 1 ? shifted[0] : Stack(shifted).Max(0);
    }

    /// <summary>Average of every window, channel by channel.</summary>
    /// <param name="input">[channels, spatial axes], with one to three spatial axes.</param>
    /// <param name="window">The window's lengths.</param>
    /// <param name="options">Stride, padding and what to divide by; by default the window's lengths, none, and the number of elements
    /// inside the input.</param>
    /// <returns>[channels, spatial axes].</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or the window does not fit into the padded input.</exception>
    public static Value AveragePool(Value input, PerAxis window, PoolingOptions? options = null)
    {
        const string User = "average pool";
        (Indices lengths, Indices stride, Indices before, Indices after) = PoolingWindows(User, input, window, ref options);
        Indices sizes = Pooled(input.Shape, lengths, stride, before, after);
        double size = lengths.Aggregate(1.0, (product, length) => product * length);

        // The channels are samples of a convolution with a kernel of ones.
        int axes = lengths.Count;
        var spatial = Indices.Range(axes);
        var convolution = new Convolve(
            spatial.Prepend(axes), spatial, spatial.Prepend(axes),
            Indices.Repeat(1, axes), Indices.Repeat(-1, axes), stride.Select(s => -s), before.Select(b => -b), sizes,
            Indices.Repeat(0, axes));
        Value sums = Emit(convolution.Normalized(), input, Full(1, Shape.Of(lengths.Span)));
        bool inside = before.All(b => b <= 0) && after.All(a => a <= 0);
        return options!.CountPadding || inside
            ? sums * (1 / size)
            : sums * Constant(InverseCounts(Spatial(input.Shape, 1)), Shape.Of(sizes.Span));

        double[] InverseCounts(Indices input)
        {
            double[] inverse = [1];
            for (int axis = 0; axis < axes; axis++)
            {
                int at = axis;
                inverse =
                [
                    .. from outer in inverse
                       from o in Enumerable.Range(0, sizes[at])
                       let start = (o * stride[at]) - before[at]
                       select outer / (Math.Min(start + lengths[at], input[at]) - Math.Max(start, 0)),
                ];
            }

            return inverse;
        }
    }

    private static (Indices Lengths, Indices Stride, Indices Before, Indices After) PoolingWindows(
        string user, Value input, PerAxis window, ref PoolingOptions? options)
    {
        ArgumentNullException.ThrowIfNull(input);
        options ??= new PoolingOptions();
        int axes = SpatialAxes(user, input);
        Indices lengths = window.For(user, "window", axes, 1);
        Indices stride = (options.Stride ?? window).For(user, "stride", axes, 1);
        Indices spatial = Spatial(input.Shape, 1);
        (Indices before, Indices after) = options.Padding.For(user, spatial, lengths, stride);
        for (int axis = 0; axis < axes; axis++)
        {
            if (before[axis] >= lengths[axis] || after[axis] >= lengths[axis] || spatial[axis] == 0)
            {
                throw new ShapeException(
                    $"{user}: padding by {before[axis]} and {after[axis]} would give windows of length {lengths[axis]} without an "
                    + $"element of spatial axis {axis} of {input.Shape}.");
            }
        }

        RequireRoom(user, input.Shape, spatial, before, after, lengths);
        return (lengths, stride, before, after);
    }

    private static Indices Pooled(Shape input, Indices lengths, Indices stride, Indices before, Indices after) =>
        Indices.Generate(lengths.Count, i => ((input[i + 1] + before[i] + after[i] - lengths[i]) / stride[i]) + 1);
}
