using System.Runtime.CompilerServices;
using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff;

/// <content>Operations that rearrange, select or reduce elements.</content>
public sealed partial class Value
{
    /// <summary>A slice of the first axis: one element (the axis disappears).</summary>
    /// <param name="index">The position; from the end when written <c>^i</c>.</param>
    public Value this[Index index]
    {
        get
        {
            RequireAxes("index", 1);
            int at = index.GetOffset(Shape[0]);
            if (at < 0 || at >= Shape[0])
            {
                throw new ShapeException($"index: position {index} is outside of the first axis of {Shape}.");
            }

            return Slice(0, at, at + 1).Reshape(Shape.Of(Shape.Lengths[1..]));
        }
    }

    /// <summary>A slice of the first axis.</summary>
    /// <param name="range">The positions, end excluded.</param>
    public Value this[Range range]
    {
        get
        {
            RequireAxes("range", 1);
            int start = range.Start.GetOffset(Shape[0]);
            int end = range.End.GetOffset(Shape[0]);
            return Slice(0, start, end);
        }
    }

    /// <summary>The same elements, in the same order, in another shape.</summary>
    /// <param name="shape">A shape with as many elements; one length may be -1 when given as numbers through
    /// <see cref="Reshape(ReadOnlySpan{int})"/>.</param>
    public Value Reshape(Shape shape)
    {
        if (shape == Shape)
        {
            return this;
        }

        return Emit(new ChangeShape(shape), this);
    }

    /// <summary>The same elements, in the same order, in another shape.</summary>
    /// <param name="lengths">Lengths; one may be -1 and is then worked out.</param>
    [OverloadResolutionPriority(1)]
    public Value Reshape(params ReadOnlySpan<int> lengths)
    {
        int unknown = lengths.IndexOf(-1);
        if (unknown < 0)
        {
            return Reshape(Shape.Of(lengths));
        }

        if (lengths[(unknown + 1)..].Contains(-1))
        {
            throw new ShapeException($"reshape: {Shape.Format(lengths)} leaves more than one length of {Shape} open; only one may be -1.");
        }

        var known = lengths.ToArray();
        known[unknown] = 1;
        int rest = Shape.Of(known).ElementCount;
        if (rest == 0 || Shape.ElementCount % rest != 0)
        {
            throw new ShapeException(
                $"reshape: no length for -1 makes {Shape.Format(lengths)} hold the {Shape.ElementCount} elements of {Shape}.");
        }

        known[unknown] = Shape.ElementCount / rest;
        return Reshape(Shape.Of(known));
    }

    /// <summary>All elements along one axis.</summary>
    public Value Flatten() => Reshape(Shape.Of([Shape.ElementCount]));

    /// <summary>The axes in another order: axis i of the result is axis <c>order[i]</c> of this.</summary>
    /// <param name="order">A permutation of the axes; none reverses them (the transpose of a matrix).</param>
    public Value Permute(params ReadOnlySpan<int> order)
    {
        int rank = Rank;
        Indices permutation = order.IsEmpty ? Indices.Generate(rank, i => rank - 1 - i) : Indices.Of(order);
        return permutation.Equals(Indices.Range(rank)) ? this : Emit(new Permute(permutation), this);
    }

    /// <summary>Stretched to a larger shape by NumPy's rules.</summary>
    /// <param name="shape">The shape wanted.</param>
    public Value BroadcastTo(Shape shape)
    {
        if (shape == Shape)
        {
            return this;
        }

        if (Broadcasting.Common("broadcast", Shape, shape) != shape)
        {
            throw new ShapeException($"broadcast: {Shape} does not stretch to {shape}.");
        }

        // Axes of length 1 are dropped first, so that the primitive only ever adds axes.
        int shift = shape.Rank - Rank;
        var kept = new List<int>();
        for (int axis = 0; axis < Rank; axis++)
        {
            if (Shape[axis] == shape[axis + shift])
            {
                kept.Add(axis);
            }
        }

        Value core = Reshape(Shape.Of(kept.Select(a => Shape[a]).ToArray()));
        return core.Shape == shape ? core : Emit(new Broadcast(shape, Indices.Of(kept.Select(a => a + shift).ToArray())), core);
    }

    /// <summary>Part of one axis.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="start">First position.</param>
    /// <param name="end">Position after the last.</param>
    /// <param name="step">Every how many positions.</param>
    public Value Slice(int axis, int start, int end, int step = 1)
    {
        int at = Shape.NormalizeAxis("slice", axis);
        Shape shape = Shape;
        return Emit(
            new Slice(
                Indices.Generate(Rank, i => i == at ? start : 0),
                Indices.Generate(Rank, i => i == at ? end : shape[i]),
                Indices.Generate(Rank, i => i == at ? step : 1)),
            this);
    }

    /// <summary>Padding with a constant; negative amounts cut off.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="before">How many elements go before.</param>
    /// <param name="after">How many go after.</param>
    /// <param name="value">The constant.</param>
    public Value Pad(int axis, int before, int after, double value = 0)
    {
        int at = Shape.NormalizeAxis("pad", axis);
        var pad = new Pad(
            Indices.Generate(Rank, i => i == at ? before : 0), Indices.Generate(Rank, i => i == at ? after : 0), Indices.Repeat(0, Rank));
        Value padded = Emit(pad, this);
        return value == 0 ? padded : Select(Emit(pad, Full(1, Shape)), padded, value);
    }

    /// <summary>Circular padding: the axis continues periodically on both sides.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="before">How many elements go before, at most the axis's length.</param>
    /// <param name="after">How many go after, at most the axis's length.</param>
    public Value PadCircular(int axis, int before, int after)
    {
        int at = Shape.NormalizeAxis("circular pad", axis);
        int length = Shape[at];
        if (before < 0 || after < 0 || before > length || after > length)
        {
            throw new ShapeException(
                $"circular pad: {before} before and {after} after do not fit axis {at} of {Shape}; amounts lie between 0 and {length}.");
        }

        return Concatenate(at, Slice(at, length - before, length), this, Slice(at, 0, after));
    }

    /// <summary>Tensors joined along an axis.</summary>
    /// <param name="axis">The axis; the other axes must agree.</param>
    /// <param name="parts">The tensors, in order.</param>
    public static Value Concatenate(int axis, params ReadOnlySpan<Value> parts)
    {
        if (parts.IsEmpty)
        {
            throw new ArgumentException("concatenate: at least one tensor is needed.", nameof(parts));
        }

        ArgumentNullException.ThrowIfNull(parts[0], nameof(parts));
        int at = parts[0].Shape.NormalizeAxis("concatenate", axis);
        return parts.Length == 1 ? parts[0] : Emit(new Concatenate(at), parts);
    }

    /// <summary>Tensors of one shape stacked along a new first axis.</summary>
    /// <param name="parts">The tensors, in order.</param>
    public static Value Stack(params ReadOnlySpan<Value> parts)
    {
        if (parts.IsEmpty)
        {
            throw new ArgumentException("stack: at least one tensor is needed.", nameof(parts));
        }

        var rows = new Value[parts.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(parts[i], nameof(parts));
            if (parts[i].Shape != parts[0].Shape)
            {
                throw new ShapeException(
                    $"stack: tensor {i} has shape {parts[i].Shape}, but the first has {parts[0].Shape}; all must agree.");
            }

            rows[i] = parts[i].Reshape(parts[i].Shape.Prepend(1));
        }

        return Concatenate(0, rows);
    }

    /// <summary>The order of elements reversed along axes.</summary>
    /// <param name="axes">The axes; none means all.</param>
    public Value Reverse(params ReadOnlySpan<int> axes) => Emit(new Reverse(NormalizeAxes("reverse", axes)), this);

    /// <summary>Slices of an axis at the given positions, which may repeat.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="positions">Positions along it; fixed when the function is traced.</param>
    public Value Gather(int axis, params ReadOnlySpan<int> positions) =>
        Emit(new Gather(Shape.NormalizeAxis("gather", axis), Indices.Of(positions)), this);

    /// <summary>
    /// The transpose of <see cref="Gather"/>: slices of this are added into a tensor of zeros. Slices sent to one position add up in order.
    /// </summary>
    /// <param name="axis">The axis.</param>
    /// <param name="length">The axis's length in the result.</param>
    /// <param name="positions">Where each slice goes; fixed when the function is traced.</param>
    public Value ScatterAdd(int axis, int length, params ReadOnlySpan<int> positions) =>
        Emit(new ScatterAdd(Shape.NormalizeAxis("scatter-add", axis), length, Indices.Of(positions)), this);

    /// <summary>Sum over axes, which disappear.</summary>
    /// <param name="axes">The axes; none means all.</param>
    public Value Sum(params ReadOnlySpan<int> axes) => NormalizeAxes("sum", axes) is { Count: > 0 } over ? Emit(new Sum(over), this) : this;

    /// <summary>Mean over axes, which disappear; NaN where there is nothing to average.</summary>
    /// <param name="axes">The axes; none means all.</param>
    public Value Mean(params ReadOnlySpan<int> axes)
    {
        Indices over = NormalizeAxes("mean", axes);
        Value sum = Sum(over.Span);
        return Rank == 0 ? this : sum / ((double)Shape.ElementCount / sum.Shape.ElementCount);
    }

    /// <summary>
    /// Largest element over axes, which disappear; NaN if one is NaN, -infinity over nothing. Ties share the derivative equally.
    /// </summary>
    /// <param name="axes">The axes; none means all.</param>
    public Value Max(params ReadOnlySpan<int> axes) => NormalizeAxes("max", axes) is { Count: > 0 } over ? Emit(new Max(over), this) : this;

    /// <summary>
    /// Smallest element over axes, which disappear; NaN if one is NaN, infinity over nothing. Ties share the derivative equally.
    /// </summary>
    /// <param name="axes">The axes; none means all.</param>
    public Value Min(params ReadOnlySpan<int> axes)
    {
        Indices over = NormalizeAxes("min", axes);
        return -(-this).Max(over.Span);
    }

    private Indices NormalizeAxes(string user, ReadOnlySpan<int> axes)
    {
        if (axes.IsEmpty)
        {
            return Indices.Range(Rank);
        }

        var normal = new int[axes.Length];
        for (int i = 0; i < normal.Length; i++)
        {
            normal[i] = Shape.NormalizeAxis(user, axes[i]);
        }

        Array.Sort(normal);
        for (int i = 1; i < normal.Length; i++)
        {
            if (normal[i] == normal[i - 1])
            {
                throw new ShapeException($"{user}: axis {normal[i]} of {Shape} is named twice.");
            }
        }

        return Indices.Of(normal);
    }

    private void RequireAxes(string user, int rank)
    {
        if (Rank < rank)
        {
            throw new ShapeException($"{user}: needs at least {rank} axes, but the shape is {Shape}.");
        }
    }
}
