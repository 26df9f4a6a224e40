using System.Text;

namespace Retrodict.Data;

/// <summary>How a text file of columns is read, and how one is written. Nothing here is guessed where a wrong guess could change
/// numbers.</summary>
public sealed record CsvOptions
{
    /// <summary>For <see cref="Separator"/>: runs of blanks and tabs, as in columns that stand aligned.</summary>
    public const char Blanks = ' ';

    /// <summary>The options used where none are given.</summary>
    public static CsvOptions Default { get; } = new();

    /// <summary>What stands between fields; <see cref="Blanks"/> for runs of blanks and tabs. Null, the default: the tab, semicolon, comma
    /// or run of blanks that cuts the first two lines into equally many fields, tried in this order; the comma only if it is not
    /// <see cref="Decimal"/>. A first line such as <c>sep=;</c>, which spreadsheets write, is obeyed. Written files have commas by default,
    /// with decimal commas semicolons.</summary>
    public char? Separator { get; init; }

    /// <summary>The decimal sign, a point (default) or a comma. Numbers with the other one are refused.</summary>
    public char Decimal { get; init; } = '.';

    /// <summary>Whether a line names the columns. Default <see cref="CsvHeader.Required"/>. Below such a line, lines of units are left out:
    /// up to three lines of text without a number, which stands above numbers.</summary>
    public CsvHeader Header { get; init; }

    /// <summary>The names of all columns, in order, for a file without a header; an empty name is of a column that is not used. Where they
    /// are given, a header is not looked for unless it is <see cref="CsvHeader.Optional"/>. Null, the default, for none.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>How many lines at the beginning are left out, as an editor counts them. Default 0.</summary>
    public int Skip { get; init; }

    /// <summary>The characters with which comments begin: lines that start with one of them are left out, wherever they stand. Default
    /// <c>#</c> and <c>%</c>. The error values of spreadsheets, such as <c>#N/A</c>, begin no comment.</summary>
    public string Comments { get; init; } = "#%";

    /// <summary>The encoding of files without a byte order mark. Null, the default, for UTF-8, in which bytes that are none are
    /// refused.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>What a file may ask for.</summary>
    public CsvLimits Limits { get; init; } = CsvLimits.Default;

    /// <summary>Whether the first line is data, as far as the options tell.</summary>
    internal bool HasNoHeader => Header == CsvHeader.Absent || (Header == CsvHeader.Required && Names is not null);

    /// <exception cref="ArgumentException">An option has no meaning, or contradicts another.</exception>
    internal void Check()
    {
        if (Decimal is not ('.' or ','))
        {
            throw new ArgumentException(
                $"The decimal sign is {Quoted.Name(Decimal.ToString())}; it must be a point or a comma.", nameof(Decimal));
        }

        if (Separator is { } separator && (char.IsLetterOrDigit(separator) || separator is '"' or '.' or '+' or '-' or '\r' or '\n'))
        {
            throw new ArgumentException(
                $"The separator is {Quoted.Name(separator.ToString())}, which belongs to fields.", nameof(Separator));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(Skip, nameof(Skip));
        if (Names is not { } names)
        {
            return;
        }

        if (!names.Any(name => name.Length > 0))
        {
            throw new ArgumentException("No column has a name.", nameof(Names));
        }

        if (names.GroupBy(name => name).FirstOrDefault(group => group.Key.Length > 0 && group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"There is more than one column {Quoted.Name(twice.Key)}.", nameof(Names));
        }
    }
}
