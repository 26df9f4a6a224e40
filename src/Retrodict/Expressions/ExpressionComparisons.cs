using Retrodict.Autodiff;

namespace Retrodict.Expressions;

/// <summary>The comparisons of <c>if</c>, by their signs.</summary>
internal static class ExpressionComparisons
{
    private static readonly Dictionary<string, Func<Value, Value, Value>> _comparisons = new()
    {
        ["<"] = (a, b) => a < b,
        ["<="] = (a, b) => a <= b,
        [">"] = (a, b) => a > b,
        [">="] = (a, b) => a >= b,
        ["=="] = Value.EqualTo,
        ["!="] = Value.NotEqualTo,
    };

    public static IEnumerable<string> Signs => _comparisons.Keys;

    public static Func<Value, Value, Value>? Find(ExpressionToken token) =>
        token.Kind == ExpressionTokenKind.Symbol ? _comparisons.GetValueOrDefault(token.Text) : null;
}
