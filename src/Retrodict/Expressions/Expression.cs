using Retrodict.Autodiff;

namespace Retrodict.Expressions;

/// <summary>
/// A formula as people type it: numbers, names, <c>+ - * /</c>, powers <c>^</c> or <c>**</c>, parentheses, functions and the constants
/// <c>pi</c> and <c>e</c>. Powers bind tightest and to the right (2^3^2 is 2^9), then signs (-x^2 is -(x^2)), then products, then sums.
/// Powers with small whole exponents are products, so bases may be negative. A name in quotation marks, <c>"Time (s)"</c> or <c>`Time
/// (s)`</c>, may have anything in it; the mark itself is written twice there.
/// </summary>
/// <remarks>
/// The functions: <c>exp log</c> (or <c>ln</c>) <c>log10 log2 log1p expm1 sqrt</c>, <c>sin cos tan arcsin arccos arctan</c> (or <c>asin
/// acos atan</c>), <c>sinh cosh tanh arcsinh arccosh arctanh</c> (or <c>asinh acosh atanh</c>), the error function <c>erf</c> and
/// <c>erfc</c>, <c>abs sign floor ceil</c>, <c>min</c> and <c>max</c> of two or more, <c>pow(a, b)</c>, and <c>if(x &lt; c, a, b)</c> with
/// one of <c>&lt; &lt;= &gt; &gt;= == !=</c>. Derivatives of <c>sign</c>, <c>floor</c> and <c>ceil</c> are zero; of min and max at a
/// tie each has half, or beside a number none; of <c>if</c> they are those of the value taken. <c>exp log log10 sqrt sin cos tan arctan
/// sinh cosh tanh abs pow</c> are no names; the others may be, where no parenthesis follows.
/// </remarks>
public sealed class Expression
{
    private readonly ExpressionNode[] _nodes;

    internal Expression(
        string text, ExpressionNode[] nodes, IReadOnlyList<string> names, IReadOnlyList<string> quoted, IReadOnlyList<string> constants)
    {
        Text = text;
        _nodes = nodes;
        Names = names;
        QuotedNames = quoted;
        Constants = constants;
    }

    /// <summary>The text it was read from.</summary>
    public string Text { get; }

    /// <summary>The nodes of its tree, operands before what uses them.</summary>
    internal IReadOnlyList<ExpressionNode> Nodes => _nodes;

    /// <summary>The names in it that are neither functions nor constants, each once, in the order of the text.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Those of the names that stand in quotation marks, so that they are columns and no parameters.</summary>
    internal IReadOnlyList<string> QuotedNames { get; }

    /// <summary>The constants in it, by name.</summary>
    internal IReadOnlyList<string> Constants { get; }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The text, of at most 100,000 characters and 500 levels of nesting.</param>
    /// <exception cref="ExpressionException">The text is no expression; the message shows where and says what would be right.</exception>
    public static Expression Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ExpressionParser(text).Expression();
    }

    /// <summary>Writes the expression into a trace; operands broadcast as those of <see cref="Value"/>.</summary>
    /// <param name="valueOf">The values of names.</param>
    public Value Apply(Func<string, Value> valueOf)
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        return ApplyEach(valueOf)[^1];
    }

    /// <summary>Writes the expression into a trace and gives the values of all its nodes, that of the expression last.</summary>
    internal Value[] ApplyEach(Func<string, Value> valueOf)
    {
        var values = new Value[_nodes.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = _nodes[i].Apply(values, valueOf);
        }

        return values;
    }

    /// <summary>The text it was read from.</summary>
    public override string ToString() => Text;
}
