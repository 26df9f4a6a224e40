namespace Retrodict.Autodiff;

/// <summary>
/// A tensor of complex numbers in a program that is being traced: two real <see cref="Value"/>s of one shape. Operations work on the parts,
/// so everything that holds for values (derivatives, batches, plans) holds for complex ones; the derivative is that of the map of real and
/// imaginary parts.
/// </summary>
public readonly record struct ComplexValue
{
    /// <summary>A complex value from its parts, which are broadcast together.</summary>
    /// <param name="real">The real part.</param>
    /// <param name="imaginary">The imaginary part.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public ComplexValue(Value real, Value imaginary)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(imaginary);
        Shape shape = Broadcasting.Common("complex value", real.Shape, imaginary.Shape);
        Real = real.BroadcastTo(shape);
        Imaginary = imaginary.BroadcastTo(shape);
    }

    /// <summary>The real part.</summary>
    public Value Real { get; }

    /// <summary>The imaginary part.</summary>
    public Value Imaginary { get; }

    /// <summary>The shape of both parts.</summary>
    public Shape Shape => Real.Shape;

    /// <summary>The number of axes.</summary>
    public int Rank => Real.Rank;

    /// <summary>The complex conjugate.</summary>
    public ComplexValue Conjugate => new(Real, -Imaginary);

    /// <summary>The squared absolute value.</summary>
    public Value AbsoluteSquare => Value.Square(Real) + Value.Square(Imaginary);

    /// <summary>A slice of the first axis: one element (the axis disappears).</summary>
    /// <param name="index">The position; from the end when written <c>^i</c>.</param>
    public ComplexValue this[Index index] => new(Real[index], Imaginary[index]);

    /// <summary>A slice of the first axis.</summary>
    /// <param name="range">The positions, end excluded.</param>
    public ComplexValue this[Range range] => new(Real[range], Imaginary[range]);

    /// <summary>Elementwise sum.</summary>
    public static ComplexValue operator +(ComplexValue left, ComplexValue right) =>
        new(left.Real + right.Real, left.Imaginary + right.Imaginary);

    /// <summary>Elementwise sum.</summary>
    public static ComplexValue operator +(ComplexValue left, Value right) => new(left.Real + right, left.Imaginary);

    /// <summary>Elementwise sum.</summary>
    public static ComplexValue operator +(Value left, ComplexValue right) => new(left + right.Real, right.Imaginary);

    /// <summary>Elementwise difference.</summary>
    public static ComplexValue operator -(ComplexValue left, ComplexValue right) =>
        new(left.Real - right.Real, left.Imaginary - right.Imaginary);

    /// <summary>Elementwise difference.</summary>
    public static ComplexValue operator -(ComplexValue left, Value right) => new(left.Real - right, left.Imaginary);

    /// <summary>Elementwise difference.</summary>
    public static ComplexValue operator -(Value left, ComplexValue right) => new(left - right.Real, -right.Imaginary);

    /// <summary>Elementwise negation.</summary>
    public static ComplexValue operator -(ComplexValue value) => new(-value.Real, -value.Imaginary);

    /// <summary>Elementwise product.</summary>
    public static ComplexValue operator *(ComplexValue left, ComplexValue right) => new(
        (left.Real * right.Real) - (left.Imaginary * right.Imaginary), (left.Real * right.Imaginary) + (left.Imaginary * right.Real));

    /// <summary>Elementwise product with real numbers.</summary>
    public static ComplexValue operator *(ComplexValue left, Value right) => new(left.Real * right, left.Imaginary * right);

    /// <summary>Elementwise product with real numbers.</summary>
    public static ComplexValue operator *(Value left, ComplexValue right) => right * left;

    /// <summary>Elementwise quotient, by the squared absolute value of the divisor, which must neither overflow nor vanish.</summary>
    public static ComplexValue operator /(ComplexValue left, ComplexValue right) => left * right.Conjugate / right.AbsoluteSquare;

    /// <summary>Elementwise quotient by real numbers.</summary>
    public static ComplexValue operator /(ComplexValue left, Value right) => new(left.Real / right, left.Imaginary / right);

    /// <summary>Elementwise quotient, by the squared absolute value of the divisor, which must neither overflow nor vanish.</summary>
    public static ComplexValue operator /(Value left, ComplexValue right) => left * right.Conjugate / right.AbsoluteSquare;

    /// <summary>Real numbers as complex ones.</summary>
    /// <param name="real">The real part; the imaginary part is 0.</param>
    public static ComplexValue FromReal(Value real)
    {
        ArgumentNullException.ThrowIfNull(real);
        return new(real, 0);
    }

    /// <summary>Numbers on the unit circle: exp(i phase).</summary>
    /// <param name="phase">Angles in radians.</param>
    public static ComplexValue ExpI(Value phase) => new(Value.Cos(phase), Value.Sin(phase));

    /// <summary>The product with i: a quarter turn without arithmetic but a sign.</summary>
    public ComplexValue TimesI() => new(-Imaginary, Real);

    /// <summary>The same elements, in the same order, in another shape.</summary>
    /// <param name="shape">A shape with as many elements.</param>
    public ComplexValue Reshape(Shape shape) => new(Real.Reshape(shape), Imaginary.Reshape(shape));

    /// <summary>The axes in another order: axis i of the result is axis <c>order[i]</c> of this.</summary>
    /// <param name="order">A permutation of the axes; none reverses them.</param>
    public ComplexValue Permute(params ReadOnlySpan<int> order) => new(Real.Permute(order), Imaginary.Permute(order));

    /// <summary>Part of one axis.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="start">First position.</param>
    /// <param name="end">Position after the last.</param>
    /// <param name="step">Every how many positions.</param>
    public ComplexValue Slice(int axis, int start, int end, int step = 1) =>
        new(Real.Slice(axis, start, end, step), Imaginary.Slice(axis, start, end, step));

    /// <summary>Padding with zeros; negative amounts cut off.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="before">How many elements go before.</param>
    /// <param name="after">How many go after.</param>
    public ComplexValue Pad(int axis, int before, int after) => new(Real.Pad(axis, before, after), Imaginary.Pad(axis, before, after));

    /// <summary>Sum over axes, which disappear.</summary>
    /// <param name="axes">The axes; none means all.</param>
    public ComplexValue Sum(params ReadOnlySpan<int> axes) => new(Real.Sum(axes), Imaginary.Sum(axes));
}
