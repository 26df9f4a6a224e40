using System.Buffers;
using System.Globalization;
using System.Text;

namespace Retrodict.Data;

/// <summary>
/// Reads and writes text files of columns (RFC 4180): a header that names the columns, then a row a line; quotation marks around fields
/// where needed. Commas separate fields, or semicolons or tabs if the header is written with them; numbers have a decimal point on every
/// machine; UTF-8 with or without byte order mark, any line ends, blank lines skipped.
/// </summary>
public static class CsvFile
{
    private static readonly SearchValues<char> _special = SearchValues.Create(",;\t\"\r\n");

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What the file may ask for; <see cref="CsvLimits.Default"/> where null.</param>
    /// <returns>Its columns. One that has something else than finite numbers in it is refused when it is asked for.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">The file is damaged, or beyond the limits; the message names file, line and column, and what
    /// would be right.</exception>
    public static DataColumns Read(string path, CsvLimits? limits = null)
    {
        using FileStream stream = DataFile.OpenRead(path);
        return Read(stream, path, limits);
    }

    /// <summary>Reads a stream from its position to its end.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <param name="name">Names the stream in error messages.</param>
    /// <param name="limits">What the stream may ask for; <see cref="CsvLimits.Default"/> where null.</param>
    /// <exception cref="DataFormatException">As for a file.</exception>
    public static DataColumns Read(Stream stream, string name, CsvLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        string label = Quoted.Name(name);
        limits ??= CsvLimits.Default;
        return new CsvTable(new CsvRecords(CsvText.Read(stream, label, limits), label, limits), label).Read();
    }

    /// <summary>Writes a file; an old file of that name stays whole until the new one is complete. Numbers are written so that they read
    /// back the same.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Names and numbers, at least one column.</param>
    /// <exception cref="ArgumentException">There is no column, two have the same name, or their lengths differ.</exception>
    public static void Write(string path, IReadOnlyList<(string Name, double[] Values)> columns)
    {
        var checkedColumns = new DataColumns(columns);
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine(string.Join(',', columns.Select(column => Field(column.Name))));
            for (int row = 0; row < checkedColumns.RowCount; row++)
            {
                writer.WriteLine(
                    string.Join(',', columns.Select(column => column.Values[row].ToString("R", CultureInfo.InvariantCulture))));
            }
        });
    }

    private static string Field(string text) => text.AsSpan().ContainsAny(_special) || text != text.Trim()
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;
}
