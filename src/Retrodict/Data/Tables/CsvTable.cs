using System.Globalization;

namespace Retrodict.Data;

/// <summary>Makes columns of numbers of CSV records. A column with other fields is kept, with the first of them as its fault.</summary>
internal sealed class CsvTable(CsvRecords records, string label)
{
    private readonly List<string> _fields = [];
    private readonly List<int> _lines = [];

    public DataColumns Read()
    {
        string[] names = Header();
        List<double>[] values = [.. names.Select(_ => new List<double>())];
        var faults = new string?[names.Length];
        while (records.Read(_fields))
        {
            if (_fields.Count != names.Length)
            {
                throw records.Wrong(string.Create(
                    CultureInfo.InvariantCulture, $"the number of fields is {_fields.Count}, but the header has {names.Length}"));
            }

            _lines.Add(records.Line);
            for (int i = 0; i < names.Length; i++)
            {
                double value = Number(_fields[i]);
                values[i].Add(value);
                faults[i] ??= double.IsFinite(value) ? null : Fault(names[i], _fields[i]);
            }
        }

        return _lines.Count > 0
            ? new DataColumns(label, [.. names.Select((name, i) => new DataColumns.Column(name, [.. values[i]], faults[i]))], [.. _lines])
            : throw new DataFormatException($"{label} has a header, but no rows of data below it.");
    }

    private string[] Header()
    {
        if (!records.Read(_fields))
        {
            throw new DataFormatException($"{label} is empty; the first line must name the columns, and rows of numbers follow.");
        }

        if (_fields.TrueForAll(field => double.IsFinite(Number(field))))
        {
            throw records.Wrong(
                $"the first line must name the columns, but there are numbers ({Quoted.Plain(string.Join(", ", _fields))})");
        }

        for (int i = 0; i < _fields.Count; i++)
        {
            int first = _fields.IndexOf(_fields[i]);
            if (first < i && _fields[i].Length > 0)
            {
                throw records.Wrong(string.Create(
                    CultureInfo.InvariantCulture, $"fields {first + 1} and {i + 1} of the header are both " +
                        $"{Quoted.Name(_fields[i])}; columns need different names"));
            }
        }

        return [.. _fields];
    }

    private string Fault(string column, string field)
    {
        string problem = field.Length == 0 ? "is missing"
            : field.Contains(',', StringComparison.Ordinal) && double.IsFinite(Number(field.Replace(',', '.')))
                ? $"is {Quoted.Name(field)}; numbers have a decimal point, and no separators of thousands"
            : $"is {Quoted.Name(field)}, which is no finite number";
        return records.Wrong($"the value of column {Quoted.Name(column)} {problem}").Message;
    }

    private static double Number(string field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
}
