using System.Globalization;
using Retrodict.Cli.Hosting;

namespace Retrodict.Cli.Options;

/// <summary>Lists of names with values, such as <c>b1=500,b2=1e-4</c>.</summary>
internal static class Assignments
{
    public static IReadOnlyList<(string Name, double Value)> Numbers(string option, string text) => [.. Parts(text).Select(part =>
        Split(part) is var (name, value) && Number(value) is { } number
            ? (name, number)
            : throw Wrong(option, part, text, "NAME=NUMBER with a decimal point, and commas between several"))];

    public static IReadOnlyList<(string Name, double Lower, double Upper)> Ranges(string option, string text) =>
        [.. Parts(text).Select(part =>
        Split(part) is var (name, range) && range.Split(':') is [var low, var high]
            && Bound(low, double.NegativeInfinity) is { } lower && Bound(high, double.PositiveInfinity) is { } upper
            ? (name, lower, upper)
            : throw Wrong(
                option, part, text, "NAME=LOWER:UPPER with decimal points, either bound left out for none, and commas between several"))];

    private static string[] Parts(string text) => text.Split(',', StringSplitOptions.TrimEntries);

    private static (string Name, string Value)? Split(string part)
    {
        int equals = part.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? (part[..equals].Trim(), part[(equals + 1)..].Trim()) : null;
    }

    private static double? Bound(string text, double none) => text.Length == 0 ? none : text switch
    {
        "inf" or "+inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => Number(text),
    };

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    private static UsageException Wrong(string option, string part, string text, string accepted) =>
        new(part == text ? $"{option} is '{text}'; it must be {accepted}" : $"{option} has the part '{part}'; its parts must be "
            + $"{accepted}");
}
