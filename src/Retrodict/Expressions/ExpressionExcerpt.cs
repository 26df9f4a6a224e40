namespace Retrodict.Expressions;

/// <summary>The text of a part of an expression, and what it does.</summary>
internal static class ExpressionExcerpt
{
    /// <summary>The text of a node, with the parentheses and the function's name that belong to it.</summary>
    /// <param name="text">All that was parsed.</param>
    /// <param name="node">A node of it.</param>
    public static string Of(string text, ExpressionNode node)
    {
        int start = node.Start;
        int unopened = Unopened(text.AsSpan(start..node.End));
        if (unopened == 0)
        {
            return text[start..node.End];
        }

        while (unopened > 0 && start > 0)
        {
            start--;
            unopened += text[start] switch { ')' => 1, '(' => -1, _ => 0 };
        }

        while (start > 0 && ExpressionLexer.IsName($"_{text[start - 1]}"))
        {
            start--;
        }

        return text[start..node.End];
    }

    /// <summary>The sign of the operation, or the name of the function.</summary>
    /// <param name="text">All that was parsed.</param>
    /// <param name="nodes">Its nodes.</param>
    /// <param name="node">One with operands.</param>
    public static string Operation(string text, IReadOnlyList<ExpressionNode> nodes, ExpressionNode node)
    {
        string between = text[nodes[node.Operands[0]].End..node.End].TrimStart(' ', '\t', '\r', '\n', ')');
        if (between.Length > 0 && between[0] != ',')
        {
            return between.StartsWith("**", StringComparison.Ordinal) ? "^" : between[..1];
        }

        string excerpt = Of(text, node);
        int open = excerpt.IndexOf('(', StringComparison.Ordinal);
        return open < 0 ? "" : excerpt[..open].Trim();
    }

    /// <summary>How many parentheses are closed that are not opened.</summary>
    private static int Unopened(ReadOnlySpan<char> text)
    {
        (int depth, int least, char quotation) = (0, 0, '\0');
        foreach (char letter in text)
        {
            if (quotation != '\0' || letter is '"' or '`')
            {
                quotation = quotation == '\0' ? letter : letter == quotation ? '\0' : quotation;
                continue;
            }

            depth += letter switch { '(' => 1, ')' => -1, _ => 0 };
            least = Math.Min(least, depth);
        }

        return -least;
    }
}
