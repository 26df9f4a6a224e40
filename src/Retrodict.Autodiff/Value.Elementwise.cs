using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff;

/// <content>Elementwise arithmetic and functions.</content>
public sealed partial class Value
{
    /// <summary>Elementwise sum.</summary>
    public static Value operator +(Value left, Value right) => Binary(Primitives.Add.Instance, left, right);

    /// <summary>Elementwise difference.</summary>
    public static Value operator -(Value left, Value right) => Binary(Primitives.Subtract.Instance, left, right);

    /// <summary>Elementwise product.</summary>
    public static Value operator *(Value left, Value right) => Binary(Primitives.Multiply.Instance, left, right);

    /// <summary>Elementwise quotient.</summary>
    public static Value operator /(Value left, Value right) => Binary(Primitives.Divide.Instance, left, right);

    /// <summary>Elementwise negation.</summary>
    public static Value operator -(Value value) => Emit(Primitives.Negate.Instance, value);

    /// <summary>1 where the left is less, else 0 (also where one is NaN): a mask for <see cref="Select"/>.</summary>
    public static Value operator <(Value left, Value right) => Binary(Less.Instance, left, right);

    /// <summary>1 where the left is greater, else 0 (also where one is NaN): a mask for <see cref="Select"/>.</summary>
    public static Value operator >(Value left, Value right) => Binary(Less.Instance, right, left);

    /// <summary>1 where the left is less or equal, else 0 (also where one is NaN): a mask for <see cref="Select"/>.</summary>
    public static Value operator <=(Value left, Value right) => Binary(LessOrEqual.Instance, left, right);

    /// <summary>1 where the left is greater or equal, else 0 (also where one is NaN): a mask for <see cref="Select"/>.</summary>
    public static Value operator >=(Value left, Value right) => Binary(LessOrEqual.Instance, right, left);

    /// <summary>1 where the two are equal, else 0: a mask for <see cref="Select"/>.</summary>
    /// <param name="left">One operand.</param>
    /// <param name="right">The other.</param>
    public static Value EqualTo(Value left, Value right) => Binary(Equal.Instance, left, right);

    /// <summary>1 where the two differ (also where one is NaN), else 0: a mask for <see cref="Select"/>.</summary>
    /// <param name="left">One operand.</param>
    /// <param name="right">The other.</param>
    public static Value NotEqualTo(Value left, Value right) => Binary(NotEqual.Instance, left, right);

    /// <summary>
    /// Elementwise choice: <paramref name="whenTrue"/> where the mask is not 0, else <paramref name="whenFalse"/>. The branch not taken
    /// contributes nothing to derivatives of any order and mode, whatever infinities and NaN it computes with; only the product of an
    /// external model (<see cref="ExternalModel.Vjp"/>) that multiplies zeros with them itself, in a branch taken for some elements, can
    /// bring them back.
    /// </summary>
    /// <param name="mask">A mask, usually from a comparison.</param>
    /// <param name="whenTrue">Taken where the mask is not 0.</param>
    /// <param name="whenFalse">Taken where the mask is 0.</param>
    public static Value Select(Value mask, Value whenTrue, Value whenFalse)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(whenTrue);
        ArgumentNullException.ThrowIfNull(whenFalse);
        Value[] operands = Together("select", mask, whenTrue, whenFalse);
        return Emit(Primitives.Select.Instance, operands);
    }

    /// <summary>Absolute value; its derivative at 0 is 0.</summary>
    /// <param name="x">Any shape.</param>
    public static Value Abs(Value x) => Emit(Primitives.Abs.Instance, x);

    /// <summary>Sign: -1, 0 or 1; its derivative is 0.</summary>
    /// <param name="x">Any shape.</param>
    public static Value Sign(Value x) => Emit(Primitives.Sign.Instance, x);

    /// <summary>Largest integer not above; its derivative is 0.</summary>
    /// <param name="x">Any shape.</param>
    public static Value Floor(Value x) => Emit(Primitives.Floor.Instance, x);

    /// <summary>Exponential.</summary>
    /// <param name="x">Any shape.</param>
    public static Value Exp(Value x) => Emit(Primitives.Exp.Instance, x);

    /// <summary>exp(x) - 1, accurate near 0.</summary>
    /// <param name="x">Any shape.</param>
    public static Value ExpM1(Value x) => Emit(Primitives.ExpM1.Instance, x);

    /// <summary>Natural logarithm.</summary>
    /// <param name="x">Any shape.</param>
    public static Value Log(Value x) => Emit(Primitives.Log.Instance, x);

    /// <summary>log(1 + x), accurate near 0.</summary>
    /// <param name="x">Any shape.</param>
    public static Value LogP1(Value x) => Emit(Primitives.LogP1.Instance, x);

    /// <summary>Logarithm to base 10.</summary>
    /// <param name="x">Any shape.</param>
    public static Value Log10(Value x) => Log(x) * (1 / Math.Log(10));

    /// <summary>Square root.</summary>
    /// <param name="x">Any shape.</param>
    public static Value Sqrt(Value x) => Emit(Primitives.Sqrt.Instance, x);

    /// <summary>1 / x.</summary>
    /// <param name="x">Any shape.</param>
    public static Value Reciprocal(Value x) => Emit(Primitives.Reciprocal.Instance, x);

    /// <summary>x * x.</summary>
    /// <param name="x">Any shape.</param>
    public static Value Square(Value x) => x * x;

    /// <summary>Sine of an angle in radians.</summary>
    /// <param name="x">Any shape, radians.</param>
    public static Value Sin(Value x) => Emit(Primitives.Sin.Instance, x);

    /// <summary>Cosine of an angle in radians.</summary>
    /// <param name="x">Any shape, radians.</param>
    public static Value Cos(Value x) => Emit(Primitives.Cos.Instance, x);

    /// <summary>Tangent of an angle in radians.</summary>
    /// <param name="x">Any shape, radians.</param>
    public static Value Tan(Value x) => Sin(x) / Cos(x);

    /// <summary>Inverse tangent, in radians.</summary>
    /// <param name="x">Any shape.</param>
    public static Value Atan(Value x) => Emit(Primitives.Atan.Instance, x);

    /// <summary>Hyperbolic sine, accurate near 0.</summary>
    /// <param name="x">Any shape.</param>
    public static Value Sinh(Value x) => 0.5 * (ExpM1(x) - ExpM1(-x));

    /// <summary>Hyperbolic cosine.</summary>
    /// <param name="x">Any shape.</param>
    public static Value Cosh(Value x) => 0.5 * (Exp(x) + Exp(-x));

    /// <summary>Hyperbolic tangent.</summary>
    /// <param name="x">Any shape.</param>
    public static Value Tanh(Value x) => Emit(Primitives.Tanh.Instance, x);

    /// <summary>The logistic function 1 / (1 + exp(-x)).</summary>
    /// <param name="x">Any shape.</param>
    public static Value Sigmoid(Value x) => Emit(Primitives.Sigmoid.Instance, x);

    /// <summary>log(1 + exp(x)), stable for large arguments of either sign.</summary>
    /// <param name="x">Any shape.</param>
    public static Value Softplus(Value x) => Emit(Primitives.Softplus.Instance, x);

    /// <summary>x where x > 0, else slope * x; at 0 the derivative is the slope.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="slope">The slope for negative arguments; 0 gives the rectified linear unit.</param>
    public static Value LeakyRelu(Value x, double slope) => Emit(new LeakyRelu(slope), x);

    /// <summary>max(x, 0); at 0 the derivative is 0.</summary>
    /// <param name="x">Any shape.</param>
    public static Value Relu(Value x) => LeakyRelu(x, 0);

    /// <summary>x to the power y, elementwise, with the special cases of IEEE 754 (0^0 = 1).</summary>
    /// <param name="x">The base.</param>
    /// <param name="y">The exponent.</param>
    public static Value Pow(Value x, Value y) => Binary(Power.Instance, x, y);

    /// <summary>The smaller of the two; NaN if either is NaN; at a tie each side gets half of the derivative.</summary>
    /// <param name="left">One operand.</param>
    /// <param name="right">The other.</param>
    public static Value Min(Value left, Value right) => Binary(Minimum.Instance, left, right);

    /// <summary>The larger of the two; NaN if either is NaN; at a tie each side gets half of the derivative.</summary>
    /// <param name="left">One operand.</param>
    /// <param name="right">The other.</param>
    public static Value Max(Value left, Value right) => Binary(Maximum.Instance, left, right);

    /// <summary>x limited to an interval; the derivative is 1 inside and 0 outside (and 1 on the ends).</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="lower">The lower end.</param>
    /// <param name="upper">The upper end.</param>
    public static Value Clamp(Value x, Value lower, Value upper) => Select(x < lower, lower, Select(x > upper, upper, x));

    /// <summary>The value itself, with derivative zero.</summary>
    /// <param name="x">Any shape.</param>
    public static Value StopGradient(Value x) => Emit(Primitives.StopGradient.Instance, x);

    /// <summary>The product used by derivative rules: 0 wherever either factor is 0, even if the other is infinite or NaN.</summary>
    internal static Value ChainMultiply(Value left, Value right) => Binary(Primitives.ChainMultiply.Instance, left, right);

    internal static Value StrongMultiply(Value left, Value right) => Binary(Primitives.StrongMultiply.Instance, left, right);

    internal static Value ZerosLike(Value x) => Full(0, x.Shape);

    private static Value Binary(Primitive primitive, Value left, Value right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Shape == right.Shape)
        {
            return Emit(primitive, left, right);
        }

        Value[] operands = Together(primitive.Name, left, right);
        return Emit(primitive, operands);
    }

    /// <summary>Broadcasts operands to their common shape.</summary>
    private static Value[] Together(string user, params ReadOnlySpan<Value> operands)
    {
        // Constants are broadcast in the current trace, so a trace that has ended is found here or not at all.
        Tracer.For(user, operands).RequireOpen(user);
        Shape common = operands[0].Shape;
        foreach (Value operand in operands[1..])
        {
            common = Broadcasting.Common(user, common, operand.Shape);
        }

        var together = new Value[operands.Length];
        for (int i = 0; i < operands.Length; i++)
        {
            together[i] = operands[i].BroadcastTo(common);
        }

        return together;
    }
}
