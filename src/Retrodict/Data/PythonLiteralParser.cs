using System.Globalization;
using System.Text;

namespace Retrodict.Data;

/// <summary>
/// Parses the Python literals that NumPy writes as headers: dictionaries, tuples and lists (trailing commas allowed), texts in either kind
/// of quotation mark, integers, True, False and None, with any white space between. A recursive descent of bounded depth.
/// </summary>
internal sealed class PythonLiteralParser
{
    private const int MaxDepth = 16;

    private readonly string _text;
    private readonly string _label;
    private int _at;

    private PythonLiteralParser(string text, string label)
    {
        _text = text;
        _label = label;
    }

    /// <summary>Parses a header that is one literal and nothing else.</summary>
    /// <param name="text">The header.</param>
    /// <param name="label">Names the file, and the array in it, in error messages.</param>
    /// <exception cref="DataFormatException">The text is no such literal.</exception>
    public static PythonLiteral Parse(string text, string label)
    {
        PythonLiteralParser parser = new(text, label);
        PythonLiteral literal = parser.Literal(0);
        parser.SkipSpace();
        return parser._at == text.Length ? literal : throw parser.Unexpected("nothing but white space after the dictionary");
    }

    private PythonLiteral Literal(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new DataFormatException($"{_label}: the header nests more than {MaxDepth} brackets.");
        }

        SkipSpace();
        int start = _at;
        return Peek() switch
        {
            '{' => Sequence(PythonLiteralKind.Dictionary, '}', depth),
            '[' => Sequence(PythonLiteralKind.List, ']', depth),
            '(' => Sequence(PythonLiteralKind.Tuple, ')', depth),
            '\'' or '"' => Text(),
            '-' or '+' or (>= '0' and <= '9') => Integer(),
            _ when Accept("True") => Made(PythonLiteralKind.Boolean, start, "True"),
            _ when Accept("False") => Made(PythonLiteralKind.Boolean, start, "False"),
            _ when Accept("None") => Made(PythonLiteralKind.None, start, ""),
            _ => throw Unexpected("a Python literal"),
        };
    }

    private PythonLiteral Sequence(PythonLiteralKind kind, char close, int depth)
    {
        int start = _at++;
        List<PythonLiteral> items = [];
        bool comma = true;
        for (SkipSpace(); Peek() != close; SkipSpace())
        {
            if (!comma)
            {
                throw Unexpected($"',' or '{close}'");
            }

            items.Add(Literal(depth + 1));
            if (kind == PythonLiteralKind.Dictionary)
            {
                SkipSpace();
                if (!Accept(":"))
                {
                    throw Unexpected("':' after a key");
                }

                items.Add(Literal(depth + 1));
            }

            SkipSpace();
            comma = Accept(",");
        }

        _at++;

        // Brackets around one item without a comma only group in Python: (3) is the integer 3, not a tuple.
        return kind == PythonLiteralKind.Tuple && items.Count == 1 && !comma
            ? items[0] with { Source = _text[start.._at] }
            : Made(kind, start, "", items);
    }

    private PythonLiteral Text()
    {
        int start = _at;
        char quote = _text[_at++];
        StringBuilder value = new();
        while (Peek() != quote)
        {
            // A backslash keeps the next character from ending the text. No dtype we read holds one, so escapes need no decoding.
            if (Peek() == '\\')
            {
                value.Append(_text[_at++]);
            }

            if (_at >= _text.Length)
            {
                throw Unexpected($"a closing {quote}");
            }

            value.Append(_text[_at++]);
        }

        _at++;
        return Made(PythonLiteralKind.Text, start, value.ToString());
    }

    private PythonLiteral Integer()
    {
        int start = _at++;
        while (char.IsAsciiDigit(Peek()))
        {
            _at++;
        }

        string digits = _text[start.._at];
        if (!char.IsAsciiDigit(digits[^1]))
        {
            throw Unexpected("a digit");
        }

        // Python 2 marked long integers, and NumPy wrote them into shapes.
        _ = Accept("L");
        return Made(PythonLiteralKind.Integer, start, digits);
    }

    private PythonLiteral Made(PythonLiteralKind kind, int start, string value, IReadOnlyList<PythonLiteral>? items = null)
        => new(kind, _text[start.._at], value, items ?? []);

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private bool Accept(string expected)
    {
        bool found = string.CompareOrdinal(_text, _at, expected, 0, expected.Length) == 0;
        _at += found ? expected.Length : 0;
        return found;
    }

    private void SkipSpace()
    {
        while (Peek() is ' ' or '\t' or '\r' or '\n' or '\f')
        {
            _at++;
        }
    }

    private DataFormatException Unexpected(string expected)
    {
        string found = _at < _text.Length ? Quoted.Name(_text[_at].ToString()) : "its end";
        return new DataFormatException(string.Create(
            CultureInfo.InvariantCulture, $"{_label}: the header cannot be read: {expected} belongs at character {_at}, where " +
                $"there is {found}."));
    }
}
