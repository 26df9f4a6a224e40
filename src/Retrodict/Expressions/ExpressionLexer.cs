using System.Globalization;
using System.Text;

namespace Retrodict.Expressions;

/// <summary>Cuts an expression into tokens.</summary>
internal sealed class ExpressionLexer(string text)
{
    private const string Symbols = "+-*/^(),=<>";

    private int _at;

    /// <summary>Where the token ends that was cut last.</summary>
    public int End => _at;

    public static bool IsName(string text) => text.Length > 0 && BeginsName(text[0]) && text.All(ContinuesName);

    /// <summary>A name as formulas write it whatever is in it.</summary>
    public static string Quote(string name) => $"\"{Data.Quoted.Plain(name).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public ExpressionToken Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        if (_at == text.Length)
        {
            return new ExpressionToken(ExpressionTokenKind.End, _at, "");
        }

        char first = text[_at];
        return char.IsAsciiDigit(first) || (first == '.' && char.IsAsciiDigit(At(_at + 1))) ? Number()
            : BeginsName(first) ? Name()
            : first is '"' or '`' ? Quoted(first)
            : Symbols.Contains(first, StringComparison.Ordinal) || (first == '!' && At(_at + 1) == '=') ? Symbol()
            : throw Unknown(first);
    }

    private ExpressionToken Number()
    {
        int start = _at;
        SkipDigits();
        if (At(_at) == '.')
        {
            _at++;
            SkipDigits();
        }

        // An e without digits after it is the constant, which the parser then misses an operator before.
        int digits = At(_at) is 'e' or 'E' ? _at + (At(_at + 1) is '+' or '-' ? 2 : 1) : _at;
        if (digits > _at && char.IsAsciiDigit(At(digits)))
        {
            _at = digits;
            SkipDigits();
        }

        string number = text[start.._at];
        double value = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value)
            ? new ExpressionToken(ExpressionTokenKind.Number, start, number, value)
            : throw new ExpressionException($"{Data.Quoted.Name(number)} is too large; numbers reach to 1.8e308.", text, start);
    }

    private ExpressionToken Name()
    {
        int start = _at;
        while (ContinuesName(At(_at)))
        {
            _at++;
        }

        return new ExpressionToken(ExpressionTokenKind.Name, start, text[start.._at]);
    }

    private ExpressionToken Quoted(char mark)
    {
        int start = _at;
        var name = new StringBuilder();
        for (_at++; _at < text.Length && (text[_at] != mark || At(_at + 1) == mark); _at++)
        {
            _at += text[_at] == mark ? 1 : 0;
            name.Append(text[_at]);
        }

        if (_at >= text.Length)
        {
            throw new ExpressionException($"The quotation mark at position {Position(start)} is never closed.", text, start);
        }

        _at++;
        return name.Length > 0
            ? new ExpressionToken(ExpressionTokenKind.Quoted, start, name.ToString())
            : throw new ExpressionException($"There is no name between the quotation marks at position {Position(start)}.", text, start);
    }

    private ExpressionToken Symbol()
    {
        int start = _at++;
        if (text[start] == '*' && At(_at) == '*')
        {
            _at++;
            return new ExpressionToken(ExpressionTokenKind.Symbol, start, "^");
        }

        if (text[start] is '<' or '>' or '=' or '!' && At(_at) == '=')
        {
            _at++;
            return new ExpressionToken(ExpressionTokenKind.Symbol, start, text[start.._at]);
        }

        return new ExpressionToken(ExpressionTokenKind.Symbol, start, text[start].ToString());
    }

    private ExpressionException Unknown(char found)
    {
        string hint = found switch
        {
            '[' or ']' or '{' or '}' => "parentheses are ( and )",
            '.' when _at > 0 && ContinuesName(text[_at - 1]) =>
                "names have no points in them (np.exp is exp), unless they stand in quotation marks, as columns may",
            '.' => "a decimal point needs a digit beside it",
            '\'' or '\u201C' or '\u201D' or '\u201E' or '\u2018' or '\u2019' => "the quotation marks around a column's name are \" or `",
            '%' =>
                "the remainder of x by y is x - y*floor(x/y), and a column with such a sign in its name stands in quotation marks, \" or `",
            '?' or ':' => "a choice is written if(x < 1, a, b)",
            '&' or '|' => "an if has one comparison; two are written as one if inside another",
            '\u2264' or '\u2265' or '\u2260' => "comparisons are written <=, >= and !=",
            '\u00B0' or '$' or '#' => "a column with such a sign in its name stands in quotation marks, \" or `",
            '×' or '·' => "a product is written with *",
            '−' or '–' => "minus is written with -",
            '÷' => "a quotient is written with /",
            _ => "expressions consist of numbers, names, + - * / ^ and parentheses",
        };
        return new ExpressionException(
            $"{Data.Quoted.Name(found.ToString())} at position {Position(_at)} has no meaning; {hint}.", text, _at);
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(At(_at)))
        {
            _at++;
        }
    }

    private char At(int position) => position < text.Length ? text[position] : '\0';

    private static bool BeginsName(char c) => char.IsLetter(c) || c == '_';

    private static bool ContinuesName(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static string Position(int at) => at.ToString(CultureInfo.InvariantCulture);
}
