using Retrodict.Autodiff;

namespace Retrodict.Expressions;

/// <summary>The larger and the smaller of two. What is not taken has no part in derivatives, even where it is infinite; at a tie each has half of them.</summary>
internal static class Extremes
{
    public static Value Max(Value a, Value b) => Value.Select(a > b, a, Value.Select(b > a, b, 0.5 * (a + b)));

    public static Value Min(Value a, Value b) => Value.Select(a < b, a, Value.Select(b < a, b, 0.5 * (a + b)));
}
