// With half angles nothing cancels, at the ends of the domains nor at zero (Abramowitz and Stegun, Handbook of Mathematical Functions,
// 1964, sections 4.4 and 4.6):
//     arcsin x = 2 arctan(x / (1 + sqrt(1 - x²))),        arccos x = 2 arctan(sqrt((1 - x) / (1 + x))),
//     arcsinh x = log1p(x + x² / (1 + sqrt(1 + x²))), x >= 0,        arccosh x = log1p(x - 1 + sqrt((x - 1)(x + 1))),
//     arctanh x = (log1p(x) - log1p(-x)) / 2.

using Retrodict.Autodiff;

namespace Retrodict.Expressions;

/// <summary>The inverses of trigonometric and hyperbolic functions, in radians; NaN outside of their domains.</summary>
internal static class InverseFunctions
{
    public static Value Arcsin(Value x) => 2 * Value.Atan(x / (1 + Value.Sqrt((1 - x) * (1 + x))));

    public static Value Arccos(Value x) => 2 * Value.Atan(Value.Sqrt((1 - x) / (1 + x)));

    public static Value Arcsinh(Value x)
    {
        Value magnitude = Value.Select(x < 0, -x, x);
        Value square = magnitude * magnitude;
        Value value = Value.LogP1(magnitude + (square / (1 + Value.Sqrt(1 + square))));
        return Value.Select(x < 0, -value, value);
    }

    public static Value Arccosh(Value x) => Value.LogP1(x - 1 + Value.Sqrt((x - 1) * (x + 1)));

    public static Value Arctanh(Value x) => 0.5 * (Value.LogP1(x) - Value.LogP1(-x));
}
