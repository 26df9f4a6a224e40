namespace Retrodict.Data;

/// <summary>Named columns of numbers, all of one length: what a regression is fitted to. Read from a file by <see cref="CsvFile"/>, or made
/// of arrays.</summary>
public sealed class DataColumns
{
    private readonly Column[] _columns;
    private readonly int[] _places;
    private readonly bool _fromFile;

    /// <summary>Columns from arrays, which are copied.</summary>
    /// <param name="columns">Names and numbers; NaN for a value that is missing.</param>
    /// <exception cref="ArgumentException">There is no column, two have the same name, or their lengths differ.</exception>
    public DataColumns(IReadOnlyList<(string Name, double[] Values)> columns)
        : this(
            "the data", [.. NotNull(columns).Select(column => new Column(column.Name, [.. column.Values], null))], [.. Rows(columns)],
                false)
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
                        $"be equally long.", nameof(columns));
            }

            if (_columns.Count(other => other.Name == column.Name) > 1)
            {
                throw new ArgumentException($"There is more than one column '{column.Name}'.", nameof(columns));
            }
        }
    }

    /// <param name="label">Names the data in error messages.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="places">The line in the file of each row, or its number.</param>
    /// <param name="fromFile">Which of them.</param>
    internal DataColumns(string label, Column[] columns, int[] places, bool fromFile)
    {
        Label = label;
        _columns = columns;
        _places = places;
        _fromFile = fromFile;
        Names = [.. columns.Select(column => column.Name).Where(name => name.Length > 0)];
    }

    /// <summary>The columns' names, in order; columns without a name are left out.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount => _places.Length;

    /// <summary>What the reader of the file decided, each as a sentence without a capital and a full stop, such as <c>line 2 is taken for
    /// units and left out</c>.</summary>
    public IReadOnlyList<string> Remarks { get; internal init; } = [];

    /// <summary>Names the data in error messages.</summary>
    internal string Label { get; }

    /// <summary>The numbers of a column.</summary>
    /// <param name="name">Its name; upper and lower case differ.</param>
    /// <exception cref="KeyNotFoundException">There is no such column; the message lists those there are, and the nearest name.</exception>
    /// <exception cref="DataFormatException">The column came from a file and has a field that is no finite number, or lacks values; the
    /// message says where.</exception>
    public ReadOnlySpan<double> this[string name]
    {
        get
        {
            double[] values = Raw(name);
            if (_fromFile && Array.Exists(values, double.IsNaN))
            {
                throw new DataFormatException(DataGaps.Describe(this, [name]));
            }

            return _fromFile && Array.FindIndex(values, double.IsInfinity) is var row and >= 0
                ? throw new DataFormatException(
                    $"{Place(row)}: the value of column {Quoted.Name(name)} is infinite, but it must be a finite number.")
                : values;
        }
    }

    /// <summary>Whether there is a column of that name.</summary>
    /// <param name="name">The name; upper and lower case differ.</param>
    public bool Contains(string name) => Names.Contains(name);

    /// <summary>The same data with another name for a column, such as a short one for formulas.</summary>
    /// <param name="column">The column; upper and lower case differ.</param>
    /// <param name="name">Its new name.</param>
    /// <exception cref="KeyNotFoundException">There is no such column; the message lists those there are.</exception>
    /// <exception cref="ArgumentException">Another column has that name already.</exception>
    public DataColumns Renamed(string column, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Column renamed = Find(column);
        return name != column && Contains(name)
            ? throw new ArgumentException($"{Label} has a column {Quoted.Name(name)} already.", nameof(name))
            : With([.. _columns.Select(other => other == renamed ? other with { Name = name } : other)], _places);
    }

    /// <summary>The rows that have a value in each of some columns.</summary>
    /// <param name="names">The columns' names; upper and lower case differ.</param>
    /// <exception cref="KeyNotFoundException">There is no such column; the message lists those there are.</exception>
    /// <exception cref="DataFormatException">A column has a field that is neither a number nor a sign for a missing value.</exception>
    public DataColumns Complete(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        double[][] columns = [.. names.Select(Raw)];
        return Where(row => !Array.Exists(columns, values => double.IsNaN(values[row])));
    }

    /// <summary>How people find a row: by its line in the file, or by its number.</summary>
    /// <param name="row">The row, from 0.</param>
    public string Place(int row) => DataGaps.Places(this, [_places[row]], _fromFile);

    /// <summary>How people find some rows, at most the first few of them.</summary>
    internal string Place(IReadOnlyList<int> rows) => DataGaps.Places(this, [.. rows.Select(row => _places[row])], _fromFile);

    /// <summary>The values of a column, with NaN where they are missing, and infinite ones.</summary>
    internal double[] Raw(string name)
    {
        Column column = Find(name);
        return column.Fault is null ? column.Values : throw new DataFormatException(column.Fault);
    }

    /// <summary>Some of the rows.</summary>
    internal DataColumns Where(Func<int, bool> keep)
    {
        int[] kept = [.. Enumerable.Range(0, RowCount).Where(keep)];
        return kept.Length == RowCount
            ? this
            : With(
                [.. _columns.Select(column => column with { Values = [.. kept.Select(row => column.Values[row])] })],
                    [.. kept.Select(row => _places[row])]);
    }

    /// <summary>Says that there is no such column, which there are, and which was probably meant.</summary>
    internal string Unknown(string name)
    {
        string? meant = Names.FirstOrDefault(column => BeginsWithWord(column, name)) ?? NearestName.Find(name, Names);
        string hint = meant is null ? "" : $"; did you mean {Quoted.Name(meant)}?";
        string why = Remarks.Count > 0 ? $" ({string.Join("; ", Remarks)})" : "";
        return $"{Label} has no column {Quoted.Name(name)}; its columns are {Quoted.List(Names)}{why}{hint}";
    }

    /// <summary>Whether a column's name goes on after a word with something else, such as a unit.</summary>
    private static bool BeginsWithWord(string column, string word) =>
        column.Length > word.Length
            && column.StartsWith(word, StringComparison.OrdinalIgnoreCase) && !char.IsLetterOrDigit(column[word.Length]);

    private DataColumns With(Column[] columns, int[] places) => new(Label, columns, places, _fromFile) { Remarks = Remarks };

    private Column Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Array.Find(_columns, column => column.Name == name) ?? throw new KeyNotFoundException(Unknown(name));
    }

    private static IEnumerable<int> Rows(IReadOnlyList<(string Name, double[] Values)> columns) =>
        Enumerable.Range(1, columns.Count > 0 ? columns[0].Values.Length : 0);

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
    /// <param name="Values">Its numbers; NaN where there is none.</param>
    /// <param name="Fault">What keeps it from being used: the first field that is neither a number nor missing, and where it
    /// stands.</param>
    internal sealed record Column(string Name, double[] Values, string? Fault);
}
