using Retrodict.Autodiff;

namespace Retrodict.Expressions;

/// <summary>
/// The larger and the smaller of two. What is not taken has no part in derivatives, even where it is infinite. At a tie each has half of
/// them, but beside a number all of them are zero: so <c>max(x, 0)^b</c> has a derivative where x is exactly 0, as it has below.
/// </summary>
internal static class Extremes
{
    public static Value Max(Value a, Value b) => Value.Select(a > b, a, Value.Select(b > a, b, 0.5 * (a + b)));

    public static Value Min(Value a, Value b) => Value.Select(a < b, a, Value.Select(b < a, b, 0.5 * (a + b)));

    public static Value AtLeast(Value number, Value x) => Value.Select(x <= number, number, x);

    public static Value AtMost(Value number, Value x) => Value.Select(x >= number, number, x);
}
