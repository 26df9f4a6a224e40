namespace Retrodict.Data;

/// <summary>A place in a text, with the number of its line. Lines end with CR, LF or both.</summary>
internal sealed class CsvCursor(string text, string comments)
{
    /// <summary>What spreadsheets write into cells that could not be computed.</summary>
    private static readonly string[] _errorValues =
        ["#N/A", "#NA", "#NV", "#DIV/0!", "#VALUE!", "#WERT!", "#REF!", "#BEZUG!", "#NAME?", "#NUM!", "#ZAHL!", "#NULL!"];

    /// <summary>The place.</summary>
    public int At { get; private set; }

    /// <summary>Its line, from 1.</summary>
    public int Line { get; private set; } = 1;

    public bool AtEnd => At >= text.Length;

    public bool AtLineEnd => AtEnd || text[At] is '\r' or '\n';

    /// <summary>The last comment that was passed, without the characters in front, and its line.</summary>
    public (string Text, int Line)? Comment { get; private set; }

    /// <summary>The character at the place, which is not the end.</summary>
    public char Current => text[At];

    public CsvCursor Copy() => (CsvCursor)MemberwiseClone();

    public ReadOnlySpan<char> Between(int start, int end) => text.AsSpan(start, end - start);

    /// <summary>One character on; over CR and LF together.</summary>
    public void Advance()
    {
        char passed = text[At++];
        if (passed == '\r' && !AtEnd && text[At] == '\n')
        {
            At++;
        }

        Line += passed is '\r' or '\n' ? 1 : 0;
    }

    /// <summary>To the beginning of the next line.</summary>
    public void NextLine()
    {
        while (!AtLineEnd)
        {
            At++;
        }

        if (!AtEnd)
        {
            Advance();
        }
    }

    /// <summary>Over lines that are blank or comments to the beginning of the next one; false if there is none.</summary>
    public bool ToContent()
    {
        for (; !AtEnd; NextLine())
        {
            int start = At;
            while (start < text.Length && text[start] is ' ' or '\t')
            {
                start++;
            }

            if (start < text.Length && text[start] is not ('\r' or '\n'))
            {
                if (!BeginsComment(start))
                {
                    return true;
                }

                int length = text.AsSpan(start).IndexOfAny('\r', '\n');
                Comment = (text.AsSpan(start, length < 0 ? text.Length - start : length).TrimStart(comments).Trim().ToString(), Line);
            }
        }

        return false;
    }

    private bool BeginsComment(int at) =>
        comments.Contains(text[at], StringComparison.Ordinal)
        && !_errorValues.Any(value => text.AsSpan(at).StartsWith(value, StringComparison.OrdinalIgnoreCase)
            && (at + value.Length == text.Length || !char.IsLetterOrDigit(text[at + value.Length])));
}
