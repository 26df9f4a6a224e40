namespace Retrodict.Expressions;

/// <summary>What the characters of an expression are grouped into.</summary>
internal enum ExpressionTokenKind
{
    Number,
    Name,

    /// <summary>A name in quotation marks: a column's, whatever is in it.</summary>
    Quoted,

    Symbol,
    End,
}

/// <summary>A token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">Where it begins.</param>
/// <param name="Text">Its characters; <c>**</c> reads as <c>^</c>, and what stood in quotation marks is without them.</param>
/// <param name="Number">The number, if it is one.</param>
internal readonly record struct ExpressionToken(ExpressionTokenKind Kind, int Position, string Text, double Number = 0)
{
    public bool Is(char symbol) => Kind == ExpressionTokenKind.Symbol && Text.Length == 1 && Text[0] == symbol;

    /// <summary>As error messages call it.</summary>
    public string Shown => Kind == ExpressionTokenKind.End ? "the end" : Data.Quoted.Name(Text);
}
