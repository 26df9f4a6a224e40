using System.Buffers;
using System.Globalization;
using System.Text;

namespace Retrodict.Data;

/// <summary>
/// Reads and writes text files of columns as laboratories and spreadsheets have them (RFC 4180 and its relatives): a header that names the
/// columns, then a row a line; quotation marks around fields where needed. <see cref="CsvOptions"/> says what else there is. Blank lines,
/// comments, and separators at the end of lines make no difference, nor do the machine's culture, a byte order mark and the kind of line
/// ends.
/// </summary>
public static class CsvFile
{
    private static readonly SearchValues<char> _special = SearchValues.Create(",;\t\"\r\n");

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is read; <see cref="CsvOptions.Default"/> where null.</param>
    /// <returns>Its columns. One that has something else than numbers in it, or lacks some, is refused when it is asked for.</returns>
    /// <exception cref="ArgumentException">The options have no meaning.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">The file is damaged, or beyond the limits; the message names file, line (as an editor counts
    /// them) and column, and what would be right.</exception>
    public static DataColumns Read(string path, CsvOptions? options = null)
    {
        using FileStream stream = DataFile.OpenRead(path);
        return Read(stream, path, options);
    }

    /// <summary>Reads a stream from its position to its end.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <param name="name">Names the stream in error messages.</param>
    /// <param name="options">How it is read; <see cref="CsvOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">As for a file.</exception>
    /// <exception cref="DataFormatException">As for a file.</exception>
    public static DataColumns Read(Stream stream, string name, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        options ??= CsvOptions.Default;
        options.Check();
        string label = Quoted.Name(name);
        var cursor = new CsvCursor(CsvText.Read(stream, label, options), options.Comments);
        for (int i = 0; i < options.Skip; i++)
        {
            cursor.NextLine();
        }

        char separator = CsvSeparator.Of(cursor, label, options);
        return new CsvTable(new CsvRecords(cursor, separator, label, options.Limits), options, label).Read();
    }

    /// <summary>Writes a file; an old file of that name stays whole until the new one is complete. Numbers are written so that they read
    /// back the same, and names so that they are taken for nothing else.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Names and numbers, at least one column.</param>
    /// <param name="options">Of these, separator and decimal sign count; a comma and a point where null.</param>
    /// <exception cref="ArgumentException">There is no column, two have the same name, or their lengths differ; or the options have no
    /// meaning.</exception>
    public static void Write(string path, IReadOnlyList<(string Name, double[] Values)> columns, CsvOptions? options = null)
    {
        options ??= CsvOptions.Default;
        options.Check();
        var checkedColumns = new DataColumns(columns);
        char separator = options.Separator ?? (options.Decimal == ',' ? ';' : ',');
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine(string.Join(separator, columns.Select(column => Field(column.Name, separator, options))));
            for (int row = 0; row < checkedColumns.RowCount; row++)
            {
                writer.WriteLine(string.Join(separator, columns.Select(column => Number(column.Values[row], separator, options.Decimal))));
            }
        });
    }

    private static string Number(double value, char separator, char decimalSign)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture).Replace('.', decimalSign);
        return text.Contains(separator, StringComparison.Ordinal) ? $"\"{text}\"" : text;
    }

    private static string Field(string text, char separator, CsvOptions options)
    {
        bool plain = text == text.Trim() && !text.AsSpan().ContainsAny(_special) && !text.Contains(separator, StringComparison.Ordinal)

            && !options.Comments.Contains(text[0], StringComparison.Ordinal)
            && !CsvOptions.Default.Comments.Contains(text[0], StringComparison.Ordinal)
            && (separator != CsvOptions.Blanks || !text.Any(char.IsWhiteSpace));
        return plain ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
