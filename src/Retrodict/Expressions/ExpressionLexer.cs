using System.Globalization;

namespace Retrodict.Expressions;

/// <summary>Cuts an expression into tokens.</summary>
internal sealed class ExpressionLexer(string text)
{
    private const string Symbols = "+-*/^(),=";

    private int _at;

    public static bool IsName(string text) => text.Length > 0 && BeginsName(text[0]) && text.All(ContinuesName);

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
            : Symbols.Contains(first, StringComparison.Ordinal) ? Symbol()
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

    private ExpressionToken Symbol()
    {
        int start = _at++;
        if (text[start] == '*' && At(_at) == '*')
        {
            _at++;
            return new ExpressionToken(ExpressionTokenKind.Symbol, start, "^");
        }

        return new ExpressionToken(ExpressionTokenKind.Symbol, start, text[start].ToString());
    }

    private ExpressionException Unknown(char found)
    {
        string hint = found switch
        {
            '[' or ']' or '{' or '}' => "parentheses are ( and )",
            '.' => "a decimal point needs a digit beside it",
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
