using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Retrodict.Data;

/// <summary>
/// Reads fields as numbers, the way instruments, Fortran, word processors and C print them: exponents with D or, of three digits, without a
/// letter, the signs U+2212 and U+2013 for minus, and <c>inf</c>. NaN stands for missing values (<see cref="IsMissing"/>) and for what is
/// no number.
/// </summary>
internal sealed partial class CsvNumbers(char decimalSign)
{
    private const string Minuses = "\u2212\u2010\u2011\u2013";

    private static readonly SearchValues<char> _unusual = SearchValues.Create($"dD{Minuses}");

    /// <summary>What pandas takes for missing, with a dash, the question mark of gnuplot, and the point of SAS.</summary>
    private static readonly HashSet<string> _missing = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "na", "n/a", "<na>", "#n/a", "#n/a n/a", "#na", "nan", "+nan", "-nan", "-nan(ind)", "nan(ind)", "1.#qnan", "-1.#qnan", "1.#ind",
        "-1.#ind", "null", "none", "missing",
        "-", "--", "\u2013", "\u2014", ".", "?",
    };

    private static readonly HashSet<string> _infinite = new(StringComparer.OrdinalIgnoreCase) { "inf", "infinity", "\u221E", "1.#inf" };

    /// <summary>Whether a field stands for a value that was not measured.</summary>
    public static bool IsMissing(string field) => _missing.Contains(field.Trim());

    /// <summary>The number in a field; infinite only where it says so, NaN where there is none.</summary>
    public double Read(string field)
    {
        ReadOnlySpan<char> plain = field.AsSpan().Trim();
        if (field.AsSpan().ContainsAny(_unusual))
        {
            plain = Usual(plain.ToString());
        }

        if (decimalSign == ',' && field.AsSpan().ContainsAny(',', '.'))
        {
            plain = field.Contains('.', StringComparison.Ordinal) ? "" : plain.ToString().Replace(',', '.');
        }

        return double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                && double.IsFinite(value) ? value
            : WithoutLetter().Match(plain.ToString()) is { Success: true } match

                && double.TryParse(
                    $"{match.Groups[1].Value}E{match.Groups[2].Value}", NumberStyles.Float, CultureInfo.InvariantCulture, out value)
                && double.IsFinite(value) ? value
            : Infinite(plain);
    }

    /// <summary>Why a field is no number, as the end of a sentence that begins with what it is of.</summary>
    public string Problem(string field)
    {
        string shown = $"is {Quoted.Name(field)}";
        if (decimalSign == '.' && IsNumber(field.Replace(',', '.')))
        {
            return $"{shown}; numbers have a decimal point, and no separators of thousands (decimal commas are read if asked for, "
                + "with --decimal ,)";
        }

        if (decimalSign == ',' && new CsvNumbers('.').IsNumber(field))
        {
            return $"{shown}; numbers have a decimal comma here, as was asked for";
        }

        Match thousands = Thousands().Match(field);
        string separator = thousands.Groups["separator"].Value;
        if (thousands.Success && thousands.Groups["decimal"].Value != separator)
        {
            string sign = string.IsNullOrWhiteSpace(separator) ? "a blank" : Quoted.Name(separator);
            return $"{shown}, with {sign} as a separator of thousands; numbers have none";
        }

        return $"{shown}, which is no finite number";
    }

    private bool IsNumber(string field) => double.IsFinite(Read(field));

    /// <summary>With the signs and the letter of exponents that the machine knows.</summary>
    private static string Usual(string text)
    {
        foreach (char minus in Minuses)
        {
            text = text.Replace(minus, '-');
        }

        return Fortran().Replace(text, "$1E$2");
    }

    private static double Infinite(ReadOnlySpan<char> field)
    {
        bool negative = field.StartsWith("-");
        return !_infinite.Contains(field.TrimStart("+-").ToString()) ? double.NaN
            : negative ? double.NegativeInfinity
            : double.PositiveInfinity;
    }

    [GeneratedRegex(@"^([+-]?(?:\d+[.,]?\d*|[.,]\d+))[dD]([+-]?\d+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Fortran();

    [GeneratedRegex(@"^([+-]?(?:\d+\.\d*|\.\d+))([+-]\d{3})$", RegexOptions.CultureInvariant)]
    private static partial Regex WithoutLetter();

    [GeneratedRegex(
        @"^[+-]?\d{1,3}(?<separator>[,.\s'\u2019_])\d{3}(?:\k<separator>\d{3})*(?:(?<decimal>[.,])\d*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Thousands();
}
