using System.Globalization;
using System.Text;

namespace Retrodict.Data;

/// <summary>
/// Cuts CSV text into records of fields (RFC 4180). Blank lines are skipped, blanks around fields are dropped, and a field in quotation marks may hold
/// separators and line ends.
/// </summary>
internal sealed class CsvRecords(string text, string label, CsvLimits limits)
{
    private readonly StringBuilder _field = new();
    private readonly char _separator = SeparatorOf(text);
    private int _at;
    private int _linesBefore;

    /// <summary>The line on which the last record began, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Reads the fields of the next record that is not blank; false at the end.</summary>
    public bool Read(List<string> fields)
    {
        while (_at < text.Length)
        {
            Line = _linesBefore + 1;
            fields.Clear();
            bool quoted = ReadRecord(fields);
            if (quoted || fields.Count > 1 || fields[0].Length > 0)
            {
                return true;
            }
        }

        return false;
    }

    public DataFormatException Wrong(string problem) => new(string.Create(CultureInfo.InvariantCulture, $"{label}, line {Line}: {problem}."));

    /// <summary>What the first line that is not blank uses most; a comma where it uses none of them.</summary>
    private static char SeparatorOf(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().TrimStart();
        int commas = 0, semicolons = 0, tabs = 0;
        bool quoted = false;
        foreach (char c in rest)
        {
            quoted ^= c == '"';
            if (!quoted && c is '\r' or '\n')
            {
                break;
            }

            commas += !quoted && c == ',' ? 1 : 0;
            semicolons += !quoted && c == ';' ? 1 : 0;
            tabs += !quoted && c == '\t' ? 1 : 0;
        }

        return commas >= semicolons && commas >= tabs ? ',' : semicolons >= tabs ? ';' : '\t';
    }

    /// <summary>Reads to the end of a line and says whether a field was in quotation marks.</summary>
    private bool ReadRecord(List<string> fields)
    {
        bool anyQuoted = false;
        while (true)
        {
            _field.Clear();
            SkipBlanks();
            bool quoted = _at < text.Length && text[_at] == '"';
            anyQuoted |= quoted;
            if (quoted)
            {
                QuotedField(fields.Count + 1);
            }
            else
            {
                PlainField(fields.Count + 1);
            }

            fields.Add(_field.ToString());
            if (fields.Count > limits.MaxColumns)
            {
                throw Wrong(string.Create(CultureInfo.InvariantCulture, $"there are more than {limits.MaxColumns} fields, the limit"));
            }

            if (_at >= text.Length || text[_at] != _separator)
            {
                SkipLineEnd();
                return anyQuoted;
            }

            _at++;
        }
    }

    private void PlainField(int number)
    {
        int start = _at;
        while (!AtFieldEnd())
        {
            _at++;
        }

        CheckLength(_at - start, number);
        _field.Append(text.AsSpan(start, _at - start).TrimEnd());
    }

    private void QuotedField(int number)
    {
        for (_at++; ; _at++)
        {
            if (_at >= text.Length)
            {
                throw Wrong(string.Create(CultureInfo.InvariantCulture, $"the quotation mark before field {number} is never closed"));
            }

            if (text[_at] == '"' && (++_at >= text.Length || text[_at] != '"'))
            {
                break;
            }

            _linesBefore += text[_at] == '\n' ? 1 : 0;
            _field.Append(text[_at]);
            CheckLength(_field.Length, number);
        }

        SkipBlanks();
        if (!AtFieldEnd())
        {
            throw Wrong(string.Create(
                CultureInfo.InvariantCulture, $"field {number} goes on after its closing quotation mark; a quotation mark inside a field is written twice"));
        }
    }

    private bool AtFieldEnd() => _at >= text.Length || text[_at] == _separator || text[_at] is '\r' or '\n';

    private void SkipBlanks()
    {
        while (_at < text.Length && text[_at] != _separator && text[_at] is ' ' or '\t')
        {
            _at++;
        }
    }

    private void SkipLineEnd()
    {
        if (_at < text.Length)
        {
            _at += text[_at] == '\r' && _at + 1 < text.Length && text[_at + 1] == '\n' ? 2 : 1;
            _linesBefore++;
        }
    }

    private void CheckLength(int length, int number)
    {
        if (length > limits.MaxFieldCharacters)
        {
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"field {number} has more than {limits.MaxFieldCharacters} characters, the limit"));
        }
    }
}
