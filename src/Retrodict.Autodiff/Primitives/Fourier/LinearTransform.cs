namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// A linear transform along one axis, of a real tensor or of the two parts of a complex one: the same rules for all Fourier transforms,
/// whose transposes are again such transforms.
/// </summary>
internal abstract record LinearTransform(int Axis) : Primitive
{
    /// <summary>1 for a real operand, 2 for a complex one.</summary>
    protected abstract int OperandParts { get; }

    /// <summary>1 for a real result, 2 for a complex one.</summary>
    protected abstract int ResultParts { get; }

    public sealed override Shape[] InferShapes(ReadOnlySpan<Shape> operands)
    {
        System.Diagnostics.Debug.Assert(operands.Length == OperandParts, $"{Name} takes {OperandParts} operands.");
        Shape shape = operands[0];
        if (operands[^1] != shape)
        {
            throw new ShapeException(
                $"{Name}: the real part has shape {shape}, but the imaginary part has {operands[^1]}; they must agree.");
        }

        int length = shape[shape.NormalizeAxis(Name, Axis)];
        if (length < MinimumLength)
        {
            throw new ShapeException($"{Name}: axis {Axis} of {shape} has length {length}; it must be at least {MinimumLength}.");
        }

        int[] lengths = [.. shape.Lengths];
        lengths[Axis] = ResultLength(shape);
        Shape result = Shape.Of(lengths);
        return ResultParts == 1 ? [result] : [result, result];
    }

    /// <summary>The shortest axis that can be transformed.</summary>
    protected virtual int MinimumLength => 1;

    /// <summary>The axis's length in the result; the shape fits.</summary>
    protected abstract int ResultLength(Shape operand);

    /// <summary>The transpose, for an operand of the given shape.</summary>
    protected abstract LinearTransform Transposed(Shape operand);

    /// <summary>The same transform along another axis.</summary>
    protected abstract LinearTransform Along(int axis);

    public sealed override Value?[] Jvp(ReadOnlySpan<Value> operands, ReadOnlySpan<Value> results, ReadOnlySpan<Value?> tangents) =>
        Value.EmitAll(this, Filled(tangents, operands[0].Shape));

    public sealed override Value?[] Transpose(ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, ReadOnlySpan<Value?> cotangents)
    {
        Value[] all = Value.EmitAll(Transposed(shapes[0]), Filled(cotangents, InferShapes(shapes)[0]));
        var result = new Value?[all.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = operands[i] is null ? all[i] : null;
        }

        return result;
    }

    public sealed override Value[] Batch(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        Value.EmitAll(Along(Axis + 1), Broadcast.WithBatchAxis(operands, batched, size));

    private static Value[] Filled(ReadOnlySpan<Value?> values, Shape shape)
    {
        var filled = new Value[values.Length];
        for (int i = 0; i < filled.Length; i++)
        {
            filled[i] = values[i] ?? Value.Full(0, shape);
        }

        return filled;
    }
}
