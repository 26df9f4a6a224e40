using System.Globalization;
using System.Text;

namespace Retrodict.Data;

/// <summary>
/// Cuts text into records of fields (RFC 4180). Blank lines, lines of separators alone and comments are left out, blanks around fields are
/// dropped, and a field in quotation marks may hold separators and line ends.
/// </summary>
internal sealed class CsvRecords(CsvCursor cursor, char separator, string label, CsvLimits limits)
{
    private readonly StringBuilder _field = new();
    private bool _again;
    private int _begin;
    private int _end;

    /// <summary>The fields of the last record.</summary>
    public List<string> Fields { get; } = [];

    /// <summary>The line on which the last record began, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The last record as it stands in the file.</summary>
    public string Text => cursor.Between(_begin, _end).TrimEnd().ToString();

    /// <summary>Whether the first field of the last record was in quotation marks.</summary>
    public bool FirstIsQuoted { get; private set; }

    /// <summary>What stands between fields.</summary>
    public char Separator => separator;

    /// <summary>The last comment before the record, without the characters in front, and its line.</summary>
    public (string Text, int Line)? Comment => cursor.Comment;

    /// <summary>Reads the next record that has anything in it; false at the end.</summary>
    public bool Read()
    {
        if (_again)
        {
            _again = false;
            return true;
        }

        while (cursor.ToContent())
        {
            Line = cursor.Line;
            Fields.Clear();
            _begin = cursor.At;
            bool quoted = ReadRecord();
            _end = cursor.At;
            cursor.NextLine();
            if (quoted || Fields.Exists(field => field.Length > 0))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Lets the next call of <see cref="Read"/> find the last record again.</summary>
    public void Unread() => _again = true;

    public DataFormatException Wrong(string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{label}, line {Line}: {problem}."));

    /// <summary>Reads to the end of a line and says whether a field was in quotation marks.</summary>
    private bool ReadRecord()
    {
        bool anyQuoted = false;
        while (true)
        {
            _field.Clear();
            SkipBlanks();
            bool quoted = !cursor.AtEnd && cursor.Current == '"';
            anyQuoted |= quoted;
            FirstIsQuoted = Fields.Count == 0 ? quoted : FirstIsQuoted;
            if (quoted)
            {
                QuotedField(Fields.Count + 1);
            }
            else
            {
                PlainField(Fields.Count + 1);
            }

            Fields.Add(_field.ToString());
            if (Fields.Count > limits.MaxColumns)
            {
                throw Wrong(string.Create(CultureInfo.InvariantCulture, $"there are more than {limits.MaxColumns} fields, the limit"));
            }

            if (separator == CsvOptions.Blanks)
            {
                SkipBlanks();
            }

            if (cursor.AtLineEnd)
            {
                return anyQuoted;
            }

            if (separator != CsvOptions.Blanks)
            {
                cursor.Advance();
            }
        }
    }

    private void PlainField(int number)
    {
        int start = cursor.At;
        while (!AtFieldEnd())
        {
            cursor.Advance();
        }

        ReadOnlySpan<char> field = cursor.Between(start, cursor.At);
        CheckLength(field.Length, number);
        _field.Append(field.TrimEnd());
    }

    private void QuotedField(int number)
    {
        for (cursor.Advance(); ; )
        {
            if (cursor.AtEnd)
            {
                throw Wrong(string.Create(CultureInfo.InvariantCulture, $"the quotation mark before field {number} is never closed"));
            }

            if (cursor.Current == '"')
            {
                cursor.Advance();
                if (cursor.AtEnd || cursor.Current != '"')
                {
                    break;
                }
            }

            int start = cursor.At;
            cursor.Advance();
            _field.Append(cursor.Between(start, cursor.At));
            CheckLength(_field.Length, number);
        }

        bool ended = AtFieldEnd();
        SkipBlanks();
        if (!ended && !AtFieldEnd())
        {
            throw Wrong(string.Create(
                CultureInfo.InvariantCulture, $"field {number} goes on after its closing quotation mark; a quotation mark inside a " +
                    $"field is written twice"));
        }
    }

    private bool AtFieldEnd() =>
        cursor.AtLineEnd || cursor.Current == separator || (separator == CsvOptions.Blanks && cursor.Current == '\t');

    private void SkipBlanks()
    {
        while (!cursor.AtEnd && cursor.Current is ' ' or '\t' && (separator == CsvOptions.Blanks || cursor.Current != separator))
        {
            cursor.Advance();
        }
    }

    private void CheckLength(int length, int number)
    {
        if (length > limits.MaxFieldCharacters)
        {
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"field {number} has more than {limits.MaxFieldCharacters} " +
                $"characters, the limit"));
        }
    }
}
