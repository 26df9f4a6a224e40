using Retrodict.Autodiff;

namespace Retrodict.Expressions;

/// <summary>The functions and constants that expressions know, by name.</summary>
internal static class ExpressionFunctions
{
    private static readonly Dictionary<string, Func<Value, Value>> _functions = new()
    {
        ["exp"] = Value.Exp,
        ["log"] = Value.Log,
        ["log10"] = Value.Log10,
        ["sqrt"] = Value.Sqrt,
        ["sin"] = Value.Sin,
        ["cos"] = Value.Cos,
        ["tan"] = Value.Tan,
        ["arctan"] = Value.Atan,
        ["sinh"] = Value.Sinh,
        ["cosh"] = Value.Cosh,
        ["tanh"] = Value.Tanh,
        ["abs"] = Value.Abs,
    };

    private static readonly Dictionary<string, string> _otherNames = new()
    {
        ["ln"] = "log", ["lg"] = "log10", ["atan"] = "arctan", ["power"] = Power, ["fabs"] = "abs",
    };

    public const string Power = "pow";

    public static IEnumerable<string> Names => [.. _functions.Keys, Power];

    public static bool Knows(string name) => name == Power || _functions.ContainsKey(name);

    public static Func<Value, Value> Of(string name) => _functions[name];

    /// <summary>The function that somebody probably meant, or null.</summary>
    public static string? Nearest(string name) => _otherNames.GetValueOrDefault(name) ?? NearestName.Find(name, Names);

    /// <summary>The constant of a name, or null.</summary>
    public static double? Constant(string name) => name switch { "pi" => Math.PI, "e" => Math.E, _ => null };
}
