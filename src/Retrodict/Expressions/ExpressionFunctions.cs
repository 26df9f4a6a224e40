using Retrodict.Autodiff;

namespace Retrodict.Expressions;

/// <summary>The functions and constants that expressions know, by name.</summary>
internal static class ExpressionFunctions
{
    public const string Power = "pow";
    public const string Choice = "if";

    private static readonly Dictionary<string, Func<Value, Value>> _ofOne = new()
    {
        ["exp"] = Value.Exp,
        ["log"] = Value.Log,
        ["log10"] = Value.Log10,
        ["log2"] = x => Value.Log(x) * (1 / Math.Log(2)),
        ["log1p"] = Value.LogP1,
        ["expm1"] = Value.ExpM1,
        ["sqrt"] = Value.Sqrt,
        ["sin"] = Value.Sin,
        ["cos"] = Value.Cos,
        ["tan"] = Value.Tan,
        ["arcsin"] = InverseFunctions.Arcsin,
        ["arccos"] = InverseFunctions.Arccos,
        ["arctan"] = Value.Atan,
        ["sinh"] = Value.Sinh,
        ["cosh"] = Value.Cosh,
        ["tanh"] = Value.Tanh,
        ["arcsinh"] = InverseFunctions.Arcsinh,
        ["arccosh"] = InverseFunctions.Arccosh,
        ["arctanh"] = InverseFunctions.Arctanh,
        ["erf"] = ErrorFunction.Erf,
        ["erfc"] = ErrorFunction.Erfc,
        ["abs"] = Value.Abs,
        ["sign"] = Value.Sign,
        ["floor"] = Value.Floor,
        ["ceil"] = x => -Value.Floor(-x),
    };

    private static readonly Dictionary<string, Func<Value, Value, Value>> _ofSeveral = new()
    {
        ["min"] = Extremes.Min,
        ["max"] = Extremes.Max,
    };

    private static readonly Dictionary<string, Func<Value, Value, Value>> _ofNumberAndValue = new()
    {
        ["min"] = Extremes.AtMost,
        ["max"] = Extremes.AtLeast,
    };

    private static readonly Dictionary<string, string> _otherNames = new()
    {
        ["ln"] = "log",
        ["asin"] = "arcsin",
        ["acos"] = "arccos",
        ["atan"] = "arctan",
        ["asinh"] = "arcsinh",
        ["acosh"] = "arccosh",
        ["atanh"] = "arctanh",
        ["fabs"] = "abs",
        ["sgn"] = "sign",
        ["ceiling"] = "ceil",
        ["minimum"] = "min",
        ["pmin"] = "min",
        ["fmin"] = "min",
        ["maximum"] = "max",
        ["pmax"] = "max",
        ["fmax"] = "max",
        ["power"] = Power,
        ["ifelse"] = Choice,
        ["where"] = Choice,
    };

    /// <summary>Names that are functions even where no parenthesis follows; others may be parameters and columns as well.</summary>
    private static readonly HashSet<string> _reserved =
        ["exp", "log", "log10", "sqrt", "sin", "cos", "tan", "arctan", "sinh", "cosh", "tanh", "abs", Power];

    /// <summary>The functions, each by its own name.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _ofOne.Keys, .. _ofSeveral.Keys, Power, Choice];

    public static bool IsReserved(string name) => _reserved.Contains(name);

    /// <summary>The name under which a function is listed, for any of its names; null if there is none.</summary>
    public static string? Find(string name) =>
        _otherNames.GetValueOrDefault(name) ?? (Names.Contains(name) ? name : null);

    public static Func<Value, Value>? OfOne(string name) => _ofOne.GetValueOrDefault(name);

    /// <summary>A function that takes two arguments or more, as one of the first two, then of that and the third, and so on.</summary>
    public static Func<Value, Value, Value>? OfSeveral(string name) => _ofSeveral.GetValueOrDefault(name);

    /// <summary>The same function where the first of two is a number that stands in the text.</summary>
    public static Func<Value, Value, Value> OfNumberAndValue(string name) => _ofNumberAndValue[name];

    /// <summary>The constant of a name, or null.</summary>
    public static double? Constant(string name) => name switch { "pi" => Math.PI, "e" => Math.E, _ => null };
}
