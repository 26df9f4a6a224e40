using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff;

/// <summary>
/// A tensor in a program that is being traced: what user code computes with. Operators and the static functions of this class append
/// operations to the trace; nothing is computed until the traced <see cref="Function"/> is compiled and run. Numbers convert implicitly to
/// scalar constants, and the operands of elementwise operations are broadcast together by NumPy's rules (aligned at the last axis; an axis
/// of length 1 stretches). With <c>using static Retrodict.Autodiff.Value;</c> the functions read like mathematics.
/// </summary>
public sealed partial class Value
{
    internal Value(Tracer tracer, int number, Shape shape)
    {
        Tracer = tracer;
        Number = number;
        Shape = shape;
    }

    private Value(Literal literal, Shape shape)
    {
        Literal = literal;
        Shape = shape;
    }

    /// <summary>The shape.</summary>
    public Shape Shape { get; }

    /// <summary>The number of axes.</summary>
    public int Rank => Shape.Rank;

    /// <summary>The trace it belongs to; null for a constant, which belongs to every trace.</summary>
    internal Tracer? Tracer { get; }

    internal int Number { get; }

    internal Literal? Literal { get; }

    /// <summary>A scalar constant.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Value(double value) => FromDouble(value);

    /// <summary>A scalar constant.</summary>
    /// <param name="value">The number.</param>
    public static Value FromDouble(double value) => new(new Literal([value], Shape.Scalar), Shape.Scalar);

    /// <summary>A constant tensor. It may be made outside of a trace and used in many; its elements are copied.</summary>
    /// <param name="elements">The elements, row-major.</param>
    /// <param name="shape">The shape; a single axis when not given.</param>
    /// <exception cref="ShapeException">The number of elements does not match the shape.</exception>
    public static Value Constant(ReadOnlySpan<double> elements, Shape? shape = null)
    {
        Shape s = shape ?? Shape.Of([elements.Length]);
        if (elements.Length != s.ElementCount)
        {
            throw new ShapeException($"constant: {elements.Length} elements do not fill the shape {s}, which has {s.ElementCount}.");
        }

        return new Value(new Literal(elements.ToArray(), s), s);
    }

    /// <summary>A constant matrix.</summary>
    /// <param name="elements">Rows and columns.</param>
    public static Value Constant(double[,] elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        var flat = new double[elements.Length];
        Buffer.BlockCopy(elements, 0, flat, 0, flat.Length * sizeof(double));
        return Constant(flat, [elements.GetLength(0), elements.GetLength(1)]);
    }

    /// <summary>A tensor filled with one number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="shape">The shape.</param>
    public static Value Full(double value, Shape shape) => FromDouble(value).BroadcastTo(shape);

    /// <summary>The identity matrix.</summary>
    /// <param name="size">Its number of rows and columns.</param>
    public static Value Eye(int size) => Emit(new Identity(size), []);

    /// <summary>The value's shape and number, for diagnostics.</summary>
    public override string ToString() => Tracer is null ? $"constant: {Shape}" : $"%{Number}: {Shape}";

    internal static Value Emit(Primitive primitive, params ReadOnlySpan<Value> operands) => EmitAll(primitive, operands)[0];

    internal static Value[] EmitAll(Primitive primitive, params ReadOnlySpan<Value> operands)
    {
        foreach (Value operand in operands)
        {
            ArgumentNullException.ThrowIfNull(operand);
        }

        return Tracer.For(primitive.Name, operands).Append(primitive, operands);
    }
}
