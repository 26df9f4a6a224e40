using System.Globalization;

namespace Retrodict.Data;

/// <summary>Named columns of numbers, all of one length: what a regression is fitted to. Read from a file by <see cref="CsvFile"/>, or made
/// of arrays.</summary>
public sealed class DataColumns
{
    private readonly Column[] _columns;
    private readonly int[]? _lines;

    /// <summary>Columns from arrays, which are copied.</summary>
    /// <param name="columns">Names and numbers.</param>
    /// <exception cref="ArgumentException">There is no column, two have the same name, or their lengths differ.</exception>
    public DataColumns(IReadOnlyList<(string Name, double[] Values)> columns)
        : this("the data", [.. NotNull(columns).Select(column => new Column(column.Name, [.. column.Values], null))], null)
    {
        if (_columns.Length == 0)
        {
            throw new ArgumentException("Data need at least one column.", nameof(columns));
        }

        foreach (Column column in _columns)
        {
            ArgumentException.ThrowIfNullOrEmpty(column.Name, nameof(columns));
            if (column.Values.Length != RowCount)
            {
                throw new ArgumentException(
                    $"Column '{column.Name}' has {column.Values.Length} rows, but '{_columns[0].Name}' has {RowCount}; they must " +
                        "be equally long.", nameof(columns));
            }

            if (_columns.Count(other => other.Name == column.Name) > 1)
            {
                throw new ArgumentException($"There is more than one column '{column.Name}'.", nameof(columns));
            }
        }
    }

    internal DataColumns(string label, Column[] columns, int[]? lines)
    {
        Label = label;
        _columns = columns;
        _lines = lines;
        RowCount = columns.Length > 0 ? columns[0].Values.Length : 0;
        Names = [.. columns.Select(column => column.Name).Where(name => name.Length > 0)];
    }

    /// <summary>The columns' names, in order; columns without a name are left out.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Names the data in error messages.</summary>
    internal string Label { get; }

    /// <summary>The numbers of a column.</summary>
    /// <param name="name">Its name; upper and lower case differ.</param>
    /// <exception cref="KeyNotFoundException">There is no such column; the message lists those there are, and the nearest name.</exception>
    /// <exception cref="DataFormatException">The column came from a file and has a field that is no finite number; the message says
    /// where.</exception>
    public ReadOnlySpan<double> this[string name]
    {
        get
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            Column column = Array.Find(_columns, column => column.Name == name) ?? throw new KeyNotFoundException(Unknown(name));
            return column.Fault is null ? column.Values : throw new DataFormatException(column.Fault);
        }
    }

    /// <summary>Whether there is a column of that name.</summary>
    /// <param name="name">The name; upper and lower case differ.</param>
    public bool Contains(string name) => Names.Contains(name);

    /// <summary>Says that there is no such column, which there are, and which was probably meant.</summary>
    internal string Unknown(string name)
    {
        string hint = NearestName.Find(name, Names) is { } nearest ? $"; did you mean {Quoted.Name(nearest)}?" : "";
        return $"{Label} has no column {Quoted.Name(name)}; its columns are {Quoted.List(Names)}{hint}";
    }

    /// <summary>How people find a row: its line in the file, or its number.</summary>
    internal string Place(int row) => _lines is null
        ? string.Create(CultureInfo.InvariantCulture, $"row {row + 1} of {Label}")
        : string.Create(CultureInfo.InvariantCulture, $"{Label}, line {_lines[row]}");

    private static IReadOnlyList<(string Name, double[] Values)> NotNull(IReadOnlyList<(string Name, double[] Values)> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        foreach ((string name, double[] values) in columns)
        {
            ArgumentNullException.ThrowIfNull(values, nameof(columns));
        }

        return columns;
    }

    /// <summary>A column.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Values">Its numbers.</param>
    /// <param name="Fault">What keeps it from being used: the first field that is no number, and where it stands.</param>
    internal sealed record Column(string Name, double[] Values, string? Fault);
}
