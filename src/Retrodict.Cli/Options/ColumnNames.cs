using System.Text.RegularExpressions;
using Retrodict.Cli.Hosting;

namespace Retrodict.Cli.Options;

/// <summary>How names of columns, and what separates them, are read from the command line.</summary>
internal static partial class ColumnNames
{
    private static readonly (string Name, char Separator)[] _separators =
        [("tab", '\t'), ("\\t", '\t'), ("blank", ' '), ("blanks", ' '), ("space", ' '), ("comma", ','), ("semicolon", ';')];

    /// <summary>A name as it is, or in quotation marks as formulas have it.</summary>
    public static string One(string option, string text) => ValueParsers.Text(option, Plain(text));

    /// <summary><c>short=name of the column</c>, or several of them with commas between.</summary>
    public static IReadOnlyList<(string Name, string Column)> Renamings(string option, string text) =>
        [.. Between().Split(text).Select(part => Renaming(option, part))];

    /// <summary>Commas before another short name; columns' names may have commas in them.</summary>
    [GeneratedRegex(@",(?=\s*[\p{L}_]\w*\s*=)", RegexOptions.CultureInvariant)]
    private static partial Regex Between();

    private static (string Name, string Column) Renaming(string option, string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? "" : text[..equals].Trim();
        string column = equals < 0 ? "" : Plain(text[(equals + 1)..].Trim());
        return name.Length > 0 && column.Length > 0
            ? (name, column)
            : throw new UsageException($"{option} is '{text}'; it must be SHORT=COLUMN, as in t=\"Time (s)\"");
    }

    /// <summary>Names with commas between them.</summary>
    public static IReadOnlyList<string> List(string option, string text)
    {
        string[] names = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(Plain)];
        return names.All(name => name.Length == 0) ? throw new UsageException($"{option} has no name in it; it must be NAME,NAME,...")
            : names.GroupBy(name => name).FirstOrDefault(group => group.Key.Length > 0 && group.Count() > 1) is { } twice
                ? throw new UsageException($"{option} names {twice.Key} twice")
                : names;
    }

    public static char? Separator(string option, string text)
    {
        foreach ((string name, char separator) in _separators)
        {
            if (name == text)
            {
                return separator;
            }
        }

        return text.Length == 1 && !char.IsLetterOrDigit(text[0]) && text[0] is not ('"' or '.' or '+' or '-')
            ? text[0]
            : throw new UsageException(
                $"{option} is '{text}'; it must be tab, blank, or a character that belongs to no number, such as a comma or semicolon");
    }

    private static string Plain(string text) =>
        text.Length > 2 && text[0] is ('"' or '`') && text[^1] == text[0]
            ? text[1..^1].Replace(new string(text[0], 2), text[..1], StringComparison.Ordinal)
            : text;
}
