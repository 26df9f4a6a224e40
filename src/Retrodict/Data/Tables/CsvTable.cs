using System.Globalization;

namespace Retrodict.Data;

/// <summary>Makes columns of numbers of CSV records. A column with other fields is kept, with the first of them as its fault.</summary>
internal sealed class CsvTable(CsvRecords records, CsvOptions options, string label)
{
    /// <summary>Where rows do not fit this near to the top, the header is probably still to come.</summary>
    private const int MostLinesAbove = 30;

    private readonly CsvNumbers _numbers = new(options.Decimal);
    private readonly List<int> _lines = [];
    private string[] _names = [];
    private List<double>[] _values = [];
    private string?[] _faults = [];

    public DataColumns Read()
    {
        var header = new CsvNames(records, options, _numbers, label);
        _names = header.Read();
        _values = [.. _names.Select(_ => new List<double>())];
        _faults = new string?[_names.Length];
        if (header.Found)
        {
            foreach ((string[] fields, int line, bool areUnits) in CsvUnits.Read(records, _numbers))
            {
                if (areUnits)
                {
                    header.Remarks.Add(string.Create(CultureInfo.InvariantCulture, $"line {line} is taken for units and left out"));
                }
                else
                {
                    Add([.. fields], line);
                }
            }
        }

        while (records.Read())
        {
            Add(records.Fields, records.Line);
        }

        return _lines.Count > 0
            ? new DataColumns(
                label, [.. _names.Select((name, i) => new DataColumns.Column(name, [.. _values[i]], _faults[i]))], [.. _lines], true)
            {
                Remarks = header.Remarks,
            }
            : throw new DataFormatException($"{label} has a header, but no rows of data below it.");
    }

    private void Add(List<string> fields, int line)
    {
        Straighten(fields);
        if (fields.Count != _names.Length)
        {
            string advice = fields.Count > _names.Length && records.Separator == ','
                    ? "; numbers with decimal commas need another separator, or quotation marks" : "";
            advice += _lines.Count < MostLinesAbove && !options.HasNoHeader
                ? "; lines above the header are left out if asked for (--skip N)"
                : "";
            throw Wrong(line, string.Create(
                CultureInfo.InvariantCulture,
                $"the number of fields is {fields.Count}, but " +
                    $"{(options.HasNoHeader ? "that of names is" : "the header has")} {_names.Length}{advice}"));
        }

        string hint = _lines.Count == 0 && options.HasNoHeader ? "; a header is left out if asked for (--skip 1)" : "";
        _lines.Add(line);
        for (int i = 0; i < _names.Length; i++)
        {
            double value = _numbers.Read(fields[i]);
            _values[i].Add(value);
            if (double.IsNaN(value) && _faults[i] is null && !CsvNumbers.IsMissing(fields[i]))
            {
                _faults[i] = Wrong(line, $"the value of column {Quoted.Name(_names[i])} {_numbers.Problem(fields[i])}{hint}").Message;
            }
        }
    }

    /// <summary>Separators at the end of a row or of the header, which no column belongs to, make no difference.</summary>
    private void Straighten(List<string> fields)
    {
        while (fields.Count > _names.Length && fields[^1].Length == 0)
        {
            fields.RemoveAt(fields.Count - 1);
        }

        while (fields.Count < _names.Length && _names.AsSpan(fields.Count).IndexOfAnyExcept("") < 0)
        {
            fields.Add("");
        }
    }

    private DataFormatException Wrong(int line, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{label}, line {line}: {problem}."));
}
