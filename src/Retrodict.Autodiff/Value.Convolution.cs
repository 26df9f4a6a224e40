using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff;

/// <content>Convolutions in one to three spatial dimensions.</content>
public sealed partial class Value
{
    /// <summary>
    /// Convolution as machine learning has it, which is a cross-correlation (the kernel is not reversed): in one dimension <c>y[c, o] = sum
    /// over i and k of kernel[c, i, k] input[i, stride o + dilation k - before]</c>. For many samples, batch the function: they share the
    /// kernel, and its gradient is summed over them inside one product.
    /// </summary>
    /// <param name="input">[channels, spatial axes], with one to three spatial axes.</param>
    /// <param name="kernel">[result's channels, channels / groups, spatial axes].</param>
    /// <param name="options">Stride, dilation, padding and groups; by default 1, 1, none and 1.</param>
    /// <returns>[result's channels, spatial axes].</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or the window does not fit into the padded input.</exception>
    public static Value Convolve(Value input, Value kernel, ConvolutionOptions? options = null)
    {
        const string User = "convolve";
        options ??= new ConvolutionOptions();
        int axes = SpatialAxes(User, input, kernel);
        int groups = Groups(User, options, input, kernel, kernel.Shape[0]);
        if (kernel.Shape[1] * groups != input.Shape[0])
        {
            throw new ShapeException(
                $"{User}: the input {input.Shape} has {input.Shape[0]} channels, but the kernel {kernel.Shape} takes {kernel.Shape[1]} "
                + $"in each of {groups} groups.");
        }

        Indices stride = options.Stride.For(User, "stride", axes, 1);
        Indices dilation = options.Dilation.For(User, "dilation", axes, 1);
        Indices lengths = Spatial(input.Shape, 1);
        Indices extents = Extents(User, kernel, dilation);
        (Indices before, Indices after) = options.Padding.For(User, lengths, extents, stride);
        if (options.PaddingKind == PaddingKind.Edge)
        {
            for (int axis = 0; axis < axes; axis++)
            {
                input = input.PadEdge(axis + 1, before[axis], after[axis]);
            }

            lengths = Spatial(input.Shape, 1);
            before = after = Indices.Repeat(0, axes);
        }

        RequireRoom(User, input.Shape, lengths, before, after, extents);
        var result = Indices.Generate(axes, i => ((lengths[i] + before[i] + after[i] - extents[i]) / stride[i]) + 1);
        return Grouped(
            input,
            kernel,
            groups,
            axes,
            outerChannels: kernel.Shape[0],
            transposed: false,
            (Indices.Repeat(1, axes), dilation.Select(d => -d), stride.Select(s => -s), before.Select(b => -b), result,
                Periods(User, options, input.Shape, lengths)));
    }

    /// <summary>
    /// The transpose of <see cref="Convolve"/> with the same kernel and options, as a map of the input: it takes what that gives and gives
    /// what that takes. With a stride it makes an image larger: the upsampling half of an encoder and decoder.
    /// </summary>
    /// <param name="input">[channels, spatial axes], with one to three spatial axes.</param>
    /// <param name="kernel">[channels, result's channels / groups, spatial axes].</param>
    /// <param name="options">Of the convolution that this is the transpose of; by default stride and dilation 1, no padding, one
    /// group.</param>
    /// <param name="size"> Spatial lengths of the result. With a stride several fit; not given, the smallest is taken, <c>stride (n - 1) +
    /// extent - before - after</c>, and <c>stride n</c> for <see cref="Padding.Same"/>.
    /// </param>
    /// <returns>[result's channels, spatial axes].</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or no convolution of these options maps the size to the input's.</exception>
    public static Value ConvolveTransposed(Value input, Value kernel, ConvolutionOptions? options = null, PerAxis? size = null)
    {
        const string User = "convolve transposed";
        options ??= new ConvolutionOptions();
        int axes = SpatialAxes(User, input, kernel);
        int groups = Groups(User, options, input, kernel, input.Shape[0]);
        if (kernel.Shape[0] != input.Shape[0])
        {
            throw new ShapeException(
                $"{User}: the input {input.Shape} has {input.Shape[0]} channels, but the kernel {kernel.Shape} takes {kernel.Shape[0]}.");
        }

        Indices stride = options.Stride.For(User, "stride", axes, 1);
        Indices dilation = options.Dilation.For(User, "dilation", axes, 1);
        Indices given = Spatial(input.Shape, 1);
        Indices extents = Extents(User, kernel, dilation);
        Indices lengths;
        if (size is { } wanted)
        {
            lengths = wanted.For(User, "size", axes, 0);
        }
        else if (options.Padding.IsSame)
        {
            lengths = Indices.Generate(axes, i => stride[i] * given[i]);
        }
        else
        {
            (Indices b, Indices a) = options.Padding.For(User, given, extents, stride);
            lengths = Indices.Generate(axes, i => Math.Max((stride[i] * (given[i] - 1)) + extents[i] - b[i] - a[i], 0));
        }

        (Indices before, Indices after) = options.Padding.For(User, lengths, extents, stride);
        for (int axis = 0; axis < axes; axis++)
        {
            int room = lengths[axis] + before[axis] + after[axis] - extents[axis];
            if (room < 0 || (room / stride[axis]) + 1 != given[axis])
            {
                throw new ShapeException(
                    $"{User}: a convolution of stride {stride[axis]} and window {extents[axis]} does not map spatial axis {axis} of "
                    + $"length {lengths[axis]}, padded by {before[axis]} and {after[axis]}, to length {given[axis]}.");
            }
        }

        bool edge = options.PaddingKind == PaddingKind.Edge;
        Indices padded = edge ? Indices.Generate(axes, i => lengths[i] + before[i] + after[i]) : lengths;
        Value result = Grouped(
            input,
            kernel,
            groups,
            axes,
            outerChannels: kernel.Shape[1] * groups,
            transposed: true,
            (stride, dilation, Indices.Repeat(-1, axes), edge ? Indices.Repeat(0, axes) : before, padded,
                Periods(User, options, Shape.Of([kernel.Shape[1] * groups, .. lengths]), lengths)));
        for (int axis = 0; axis < axes && edge; axis++)
        {
            // The transpose of repeating adds up what was repeated.
            result = result.ScatterAdd(
                axis + 1, lengths[axis], EdgePositions(User, result.Shape, axis + 1, lengths[axis], before[axis], after[axis]));
        }

        return result;
    }

    /// <summary>Padding with the nearest element: the first and last are repeated. Negative amounts cut off.</summary>
    /// <param name="axis">The axis; it must not be empty.</param>
    /// <param name="before">How many elements go before.</param>
    /// <param name="after">How many go after.</param>
    public Value PadEdge(int axis, int before, int after)
    {
        const string User = "edge pad";
        int at = Shape.NormalizeAxis(User, axis);
        int length = Shape[at];
        if (before < 0 || after < 0 || length == 0)
        {
            return Gather(at, EdgePositions(User, Shape, at, length, before, after));
        }

        return before == 0 && after == 0
            ? this
            : Concatenate(at, Repeated(Slice(at, 0, 1), before), this, Repeated(Slice(at, length - 1, length), after));

        Value Repeated(Value end, int times)
        {
            int[] lengths = [.. end.Shape.Lengths];
            lengths[at] = times;
            return end.BroadcastTo(Shape.Of(lengths));
        }
    }

    /// <summary>
    /// The relation between positions for each spatial axis: steps of input, kernel and result, offset, length of the result, and period.
    /// </summary>
    private static Value Grouped(
        Value input, Value kernel, int groups, int axes, int outerChannels, bool transposed,
        (Indices Input, Indices Kernel, Indices Result, Indices Offsets, Indices Lengths, Indices Periods) windows)
    {
        (int group, int inside, int outside) = (axes, axes + 1, axes + 2);
        var spatial = Indices.Range(axes);
        (int first, int second) = transposed ? (inside, outside) : (outside, inside);
        int[] inputGroup = groups == 1 ? [] : [groups];
        int[] label = groups == 1 ? [] : [group];
        Value x = input.Reshape(Shape.Of([.. inputGroup, input.Shape[0] / groups, .. input.Shape.Lengths[1..]]));
        Value w = kernel.Reshape(Shape.Of([.. inputGroup, kernel.Shape[0] / groups, .. kernel.Shape.Lengths[1..]]));
        var convolution = new Convolve(
            [.. label, inside, .. spatial], [.. label, first, second, .. spatial], [.. label, outside, .. spatial],
            windows.Input, windows.Kernel, windows.Result, windows.Offsets, windows.Lengths, windows.Periods);
        return Emit(convolution.Normalized(), x, w).Reshape(Shape.Of([outerChannels, .. windows.Lengths]));
    }

    private static int SpatialAxes(string user, Value input, Value kernel)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(kernel);
        int axes = SpatialAxes(user, input);
        return kernel.Rank == axes + 2
            ? axes
            : throw new ShapeException(
                $"{user}: the kernel {kernel.Shape} must have two axes of channels and {axes} spatial axes, as many as the input "
                + $"{input.Shape}.");
    }

    private static int SpatialAxes(string user, Value input) =>
        input.Rank - 1 is >= 1 and <= Primitives.Convolve.MaximumWindows and var axes
        ? axes
        : throw new ShapeException(
            $"{user}: the input {input.Shape} must be [channels, spatial axes] with one to three spatial axes; batch the function for "
            + "more samples.");

    private static int Groups(string user, ConvolutionOptions options, Value input, Value kernel, int other)
    {
        int groups = options.Groups;
        return groups >= 1 && input.Shape[0] % groups == 0 && other % groups == 0
            ? groups
            : throw new ShapeException(
                $"{user}: {groups} groups do not divide the channels of the input {input.Shape} and of the kernel {kernel.Shape}.");
    }

    private static Indices Spatial(Shape shape, int first) => Indices.Of(shape.Lengths[first..]);

    /// <summary>Positions that a window reaches over.</summary>
    private static Indices Extents(string user, Value kernel, Indices dilation)
    {
        Indices lengths = Spatial(kernel.Shape, 2);
        return lengths.All(n => n > 0)
            ? Indices.Generate(lengths.Count, i => ((lengths[i] - 1) * dilation[i]) + 1)
            : throw new ShapeException($"{user}: the kernel {kernel.Shape} has an empty spatial axis.");
    }

    private static void RequireRoom(string user, Shape input, Indices lengths, Indices before, Indices after, Indices extents)
    {
        for (int axis = 0; axis < lengths.Count; axis++)
        {
            int room = lengths[axis] + before[axis] + after[axis];
            if (room < extents[axis])
            {
                throw new ShapeException(
                    $"{user}: the window reaches over {extents[axis]} positions, but spatial axis {axis} of {input}, padded by "
                    + $"{before[axis]} and {after[axis]}, has {Math.Max(room, 0)}.");
            }
        }
    }

    /// <summary>With which periods the input continues: its lengths, or none.</summary>
    private static Indices Periods(string user, ConvolutionOptions options, Shape shape, Indices lengths)
    {
        if (options.PaddingKind != PaddingKind.Circular)
        {
            return Indices.Repeat(0, lengths.Count);
        }

        return lengths.Contains(0)
            ? throw new ShapeException($"{user}: {shape} has an empty spatial axis, which cannot be continued periodically.")
            : lengths;
    }

    /// <summary>For each position of the padded axis, the position it repeats.</summary>
    private static int[] EdgePositions(string user, Shape shape, int axis, int length, int before, int after)
    {
        int count = length + before + after;
        return count < 0 || (length == 0 && count > 0)
            ? throw new ShapeException(
                $"{user}: axis {axis} of {shape}, of length {length}, cannot be continued by {before} before and {after} after.")
            : [.. Enumerable.Range(-before, count).Select(at => Math.Clamp(at, 0, length - 1))];
    }
}
