using System.Text.RegularExpressions;

namespace Retrodict.Data;

/// <summary>
/// Tells lines of units below a header from rows of data: text without a number, at least one of them above a number of the first row. They
/// are left out; what only looks like one is given back as data.
/// </summary>
internal static partial class CsvUnits
{
    private const int MaxLines = 3;

    /// <summary>Reads such lines.</summary>
    /// <param name="records">Records, of which the next is the first below the header.</param>
    /// <param name="numbers">How fields are read.</param>
    /// <returns>The fields of each line, its number, and whether it is one of units; the records then begin below them.</returns>
    public static List<(string[] Fields, int Line, bool AreUnits)> Read(CsvRecords records, CsvNumbers numbers)
    {
        List<(string[] Fields, int Line)> lines = [];
        string[] below = [];
        while (records.Read())
        {
            if (lines.Count == MaxLines || !CouldBeUnits(records.Fields))
            {
                below = [.. records.Fields];
                records.Unread();
                break;
            }

            lines.Add(([.. records.Fields], records.Line));
        }

        return [.. lines.Select(line => (line.Fields, line.Line,
            line.Fields.Zip(below).Any(pair => Unit().IsMatch(pair.First) && !double.IsNaN(numbers.Read(pair.Second)))))];
    }

    private static bool CouldBeUnits(List<string> fields) =>
        fields.Exists(IsUnit) && fields.TrueForAll(field => field is "" or "-" or "--" || IsUnit(field));

    private static bool IsUnit(string field) => Unit().IsMatch(field) && !CsvNumbers.IsMissing(field) && !Infinity().IsMatch(field);

    /// <summary>Letters first, perhaps in brackets, or 1/s and 10^3: a number in brackets, or one below a limit, is none.</summary>
    [GeneratedRegex(@"^(?:[\p{L}%‰°]|[(\[{]\s*(?:[\p{L}%‰°]|1/|10\^)|1/\p{L}|10\^)", RegexOptions.CultureInvariant)]
    private static partial Regex Unit();

    [GeneratedRegex("^inf(?:inity)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Infinity();
}
