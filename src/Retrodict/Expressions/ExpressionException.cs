using Retrodict.Data;

namespace Retrodict.Expressions;

/// <summary>
/// A text is no expression. The first line of the message says what is wrong and what would be right, the next ones show the place with a
/// caret below it.
/// </summary>
public sealed class ExpressionException : FormatException
{
    private const int Before = 50;
    private const int After = 26;

    /// <summary>Makes an exception with a general message.</summary>
    public ExpressionException()
        : base("The text is no expression.")
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What is wrong, and what would be right.</param>
    public ExpressionException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the lower-level failure behind it.</summary>
    /// <param name="message">What is wrong, and what would be right.</param>
    /// <param name="innerException">What the lower level reported.</param>
    public ExpressionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal ExpressionException(string problem, string text, int position)
        : base($"{problem}\n{Excerpt(text, position)}")
    {
        Problem = problem;
        Position = position;
    }

    /// <summary>The position in the text, in characters from 0.</summary>
    public int Position { get; }

    /// <summary>What is wrong, and what would be right, without the text.</summary>
    internal string Problem { get; } = "";

    /// <summary>The text around the place, and a caret below it.</summary>
    private static string Excerpt(string text, int position)
    {
        int start = Math.Max(0, position - Before);
        int end = Math.Min(text.Length, position + After);
        string left = start > 0 ? "..." : "";
        string right = end < text.Length ? "..." : "";
        string shown = Quoted.Plain(text[start..end]);
        return $"  {left}{shown}{right}\n  {new string(' ', left.Length + position - start)}^";
    }
}
