using System.Globalization;

namespace Retrodict.Data;

/// <summary>Finds the names of a table's columns. Afterwards the records begin with what stands below them.</summary>
internal sealed class CsvNames(CsvRecords records, CsvOptions options, CsvNumbers numbers, string label)
{
    /// <summary>What was decided on the way, in sentences.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>Where the names stand.</summary>
    private int _line;

    /// <summary>Whether the file itself has them.</summary>
    public bool Found { get; private set; }

    public string[] Read()
    {
        if (!records.Read())
        {
            throw new DataFormatException(options.HasNoHeader
                ? $"{label} is empty; rows of numbers belong there."
                : $"{label} is empty; the first line must name the columns, and rows of numbers follow.");
        }

        _line = records.Line;
        if (!options.HasNoHeader && options.Names is null
            && records.Fields.Exists(field => double.IsFinite(numbers.Read(field)))
            && Commented() is { } commented)
        {
            CheckDifferent(commented);
            return commented;
        }

        bool isData = options.HasNoHeader || IsNumeric(records.Fields);
        Found = !isData;
        string[] names = !isData ? Header()
            : options.HasNoHeader || options.Header == CsvHeader.Optional ? Given()
            : throw records.Wrong(
                $"the first line must name the columns, but there are numbers ({Quoted.Plain(string.Join(", ", records.Fields))}); "
                + "names can be given (--names a,b), or numbers (--no-header)");
        CheckDifferent(names);
        return names;
    }

    private string[] Given()
    {
        records.Unread();
        return options.Names is { } names
            ? [.. names]
            : [.. Enumerable.Range(1, records.Fields.Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"c{i}"))];
    }

    /// <summary>The fields of the line, in view of the row below it.</summary>
    private string[] Header()
    {
        string[] names = [.. records.Fields];
        string text = records.Text;
        if (!records.Read())
        {
            throw new DataFormatException($"{label} has a header, but no rows of data below it.");
        }

        records.Unread();
        int fields = records.Fields.Count;
        if (names.Length == fields)
        {
            return names;
        }

        if (records.Separator == CsvOptions.Blanks && CsvSeparator.WideFields(text) is var wide && wide.Length == fields)
        {
            return wide;
        }

        if (names.Length == fields - 1 && records.FirstIsQuoted && records.Fields[^1].Length > 0)
        {
            Remarks.Add("the first field of each row, which has no name, is taken for the row's name");
            return ["", .. names];
        }

        if (records.Separator != CsvOptions.Blanks && fields > 1 && fields < names.Length)
        {
            IEnumerable<string> bare = names.Skip(fields).Where(name => name.Length > 0);
            Remarks.AddRange(bare.Select(name => $"no field stands below {Quoted.Name(name)} in the first row, so that it is no column"));
            return [.. names.Select((name, i) => i < fields ? name : "")];
        }

        return names;
    }

    /// <summary>The last comment above the first line with a number in it, if it has a name for each of its fields.</summary>
    private string[]? Commented()
    {
        if (records.Comment is not { Text.Length: > 0 } comment || comment.Text.Contains('=', StringComparison.Ordinal))
        {
            return null;
        }

        foreach (char separator in (char[])[records.Separator, '\t', ';', ',', CsvOptions.Blanks])
        {
            var cut = new CsvRecords(new CsvCursor(comment.Text, ""), separator, label, options.Limits);
            cut.Read();
            string[]? names = cut.Fields.Count == records.Fields.Count ? [.. cut.Fields]

                : separator == CsvOptions.Blanks && CsvSeparator.WideFields(comment.Text) is var wide && wide.Length == records.Fields.Count
                ? wide
                : null;
            if (names is not null && !IsNumeric(names))
            {
                Remarks.Add(string.Create(CultureInfo.InvariantCulture, $"line {comment.Line}, a comment, is taken for the header"));
                Found = true;
                _line = comment.Line;
                records.Unread();
                return names;
            }
        }

        return null;
    }

    /// <summary>Whether a line is one of numbers: of nothing else but missing values.</summary>
    private bool IsNumeric(IReadOnlyList<string> fields) =>
        fields.Any(field => double.IsFinite(numbers.Read(field)))
        && fields.All(field => !double.IsNaN(numbers.Read(field)) || CsvNumbers.IsMissing(field));

    private void CheckDifferent(string[] names)
    {
        for (int i = 0; i < names.Length; i++)
        {
            int first = Array.IndexOf(names, names[i]);
            if (first < i && names[i].Length > 0)
            {
                throw new DataFormatException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{label}, line {_line}: fields {first + 1} and {i + 1} of the header are both {Quoted.Name(names[i])}; "
                    + $"columns need different names."));
            }
        }
    }
}
