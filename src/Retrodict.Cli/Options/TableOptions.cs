using System.CommandLine;
using System.Text;
using Retrodict.Cli.Hosting;
using Retrodict.Data;

namespace Retrodict.Cli.Options;

/// <summary>The options that say how tables are read.</summary>
internal sealed class TableOptions
{
    private readonly Option<IReadOnlyList<(string Name, string Column)>> _columns = ValueOption.Several(
        "--column", "t=\"Time (s)\"", "Gives a column a short name for the formula; once for each such column.", ColumnNames.Renamings);

    private readonly Option<char?> _separator = ValueOption.Of(
        "--separator",
        ",|;|tab|blank",
        "What stands between fields; blank is any run of blanks and tabs (default: the one that cuts the first lines alike).",
        ColumnNames.Separator);

    private readonly Option<char?> _decimal = ValueOption.Of(
        "--decimal", ".|,", "The decimal sign (default: a point).", ValueParsers.OneOf<char?>((".", '.'), (",", ',')));

    private readonly Option<int?> _skip = ValueOption.Of(
        "--skip", "N", "Lines at the beginning of the file to leave out (default: 0).", ValueParsers.Limit(Most.Rows));

    private readonly Option<bool> _noHeader = new("--no-header")
    {
        Description = "The first line is data; the columns are called c1, c2 and so on.",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<IReadOnlyList<string>> _names = ValueOption.Of(
        "--names", "t,y,s", "Names of all columns, in order, of a file without a header.", ColumnNames.List);

    private readonly Option<string> _comments = ValueOption.Of(
        "--comment", "CHARS", "The characters with which comment lines begin (default: #%).", ValueParsers.Text);

    private readonly Option<Encoding> _encoding = ValueOption.Of(
        "--encoding",
        "utf-8|latin-1|windows-1252|utf-16",
        "The encoding of a file without a byte order mark (default: utf-8).",
        ValueParsers.OneOf(
            ("utf-8", new UTF8Encoding(false, throwOnInvalidBytes: true)),
            ("latin-1", Encoding.Latin1),
            ("windows-1252", CodePagesEncodingProvider.Instance.GetEncoding("windows-1252")!),
            ("utf-16", Encoding.Unicode)));

    private readonly Option<MissingValues> _missing = ValueOption.Of(
        "--missing",
        "refuse|skip",
        "What becomes of rows that lack a value in a column that is used (default: refuse).",
        ValueParsers.OneOf(("refuse", MissingValues.Refuse), ("skip", MissingValues.Skip)));

    public IEnumerable<Option> All => [_columns, _missing, _separator, _decimal, _skip, _noHeader, _names, _comments, _encoding];

    public IReadOnlyList<(string Name, string Column)> Columns(ParseResult parsed) => parsed.GetValue(_columns) ?? [];

    public MissingValues Missing(ParseResult parsed) => parsed.GetValue(_missing);

    public CsvOptions Read(ParseResult parsed)
    {
        IReadOnlyList<string>? names = parsed.GetValue(_names);
        if (names is not null && parsed.GetValue(_noHeader))
        {
            throw new UsageException("--names says already that there is no header, so --no-header has no place beside it");
        }

        var options = new CsvOptions
        {
            Separator = parsed.GetValue(_separator),
            Decimal = parsed.GetValue(_decimal) ?? '.',
            Skip = parsed.GetValue(_skip) ?? 0,
            Header = names is not null || parsed.GetValue(_noHeader) ? CsvHeader.Absent : CsvHeader.Required,
            Names = names,
            Encoding = parsed.GetValue(_encoding),
        };
        return parsed.GetValue(_comments) is { } comments ? options with { Comments = comments } : options;
    }
}
