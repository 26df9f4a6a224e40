using System.Text;
using Retrodict.Expressions;
using Retrodict.Randomness;

namespace Retrodict.Tests.Expressions;

public sealed class ExpressionErrorTests
{
    [Theory]
    [InlineData("", 0, "The expression is empty")]
    [InlineData("   ", 3, "The expression is empty")]
    [InlineData("2x", 1, "An operator is missing before 'x' at position 1; a product needs a *")]
    [InlineData("2(x)", 1, "An operator is missing before '('")]
    [InlineData("(a)(b)", 3, "An operator is missing before '('")]
    [InlineData("a b", 2, "An operator is missing before 'b'")]
    [InlineData("1.2.3", 3, "An operator is missing before '.3'")]
    [InlineData("2e", 1, "An operator is missing before 'e'")]
    [InlineData("0x10", 1, "An operator is missing before 'x10'")]
    [InlineData("(a+b", 0, "The '(' at position 0 is never closed")]
    [InlineData("exp(a", 3, "The '(' at position 3 is never closed")]
    [InlineData("a+b)", 3, "The ')' at position 3 closes nothing")]
    [InlineData("a+", 2, "Position 2 of the expression needs a number, a name or '(', but there is the end")]
    [InlineData("a*/b", 2, "Position 2 of the expression needs a number, a name or '(', but there is '/'")]
    [InlineData("()", 1, "Position 1 of the expression needs a number")]
    [InlineData("exp()", 4, "Position 4 of the expression needs a number")]
    [InlineData("xep(a)", 0, "There is no function 'xep' (position 0); did you mean 'exp'?")]
    [InlineData("exo(a)", 0, "did you mean 'exp'?")]
    [InlineData("arctna(a)", 0, "did you mean 'arctan'?")]
    [InlineData("SQRT(a)", 0, "did you mean 'sqrt'?")]
    [InlineData("b1(a)", 0, "There is no function 'b1' (position 0); the functions are exp, log")]
    [InlineData("exp^2", 0, "'exp' at position 0 is a function; its argument belongs in parentheses after it, where '^' is")]
    [InlineData("a+exp", 2, "'exp' at position 2 is a function; its argument belongs in parentheses after it, where the end is")]
    [InlineData("pow(a)", 0, "'pow' at position 0 takes two arguments, but 1 is given")]
    [InlineData("log(a, 10)", 0, "'log' at position 0 takes one argument, but 2 are given")]
    [InlineData("2,5*a", 1, "numbers have a decimal point")]
    [InlineData("(2,5)", 2, "numbers have a decimal point")]
    [InlineData("a = b", 2, "The '=' at position 2 has no place there")]
    [InlineData("exp[a]", 3, "'[' at position 3 has no meaning; parentheses are ( and )")]
    [InlineData("a × b", 2, "'×' at position 2 has no meaning; a product is written with *")]
    [InlineData("a $ b", 2, "'$' at position 2 has no meaning")]
    [InlineData("1e999", 0, "'1e999' is too large")]
    public void Errors_name_the_position_and_what_would_be_right(string text, int position, string message)
    {
        ExpressionException error = Assert.Throws<ExpressionException>(() => Expression.Parse(text));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(position, error.Position);
    }

    [Fact]
    public void The_text_is_shown_with_a_caret_below_the_place()
    {
        string[] lines = Assert.Throws<ExpressionException>(() => Expression.Parse("b1*xep(x)")).Message.Split('\n');
        Assert.Equal(["  b1*xep(x)", "     ^"], lines[1..]);
    }

    [Fact]
    public void Of_long_texts_the_surroundings_are_shown_without_control_characters()
    {
        string text = string.Concat(Enumerable.Repeat("a+\n", 60)) + "$" + string.Concat(Enumerable.Repeat("+\u0007a", 60));
        string[] lines = Assert.Throws<ExpressionException>(() => Expression.Parse(text)).Message.Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.InRange(lines[1].Length, 60, 90);
        Assert.Equal('$', lines[1][lines[2].IndexOf('^')]);
        Assert.DoesNotContain('\u0007', lines[1]);
    }

    [Theory]
    [InlineData('(')]
    [InlineData('^')]
    public void Nesting_has_a_limit(char kind)
    {
        string text = kind == '(' ? new string('(', 90_000) : string.Join('^', Enumerable.Repeat("x", 40_000));
        Assert.Contains("500 levels", Assert.Throws<ExpressionException>(() => Expression.Parse(text)).Message, StringComparison.Ordinal);
        string calls = string.Concat(Enumerable.Repeat("exp(", 20_000));
        Assert.Throws<ExpressionException>(() => Expression.Parse(calls));
        string signs = string.Concat(Enumerable.Repeat("2^-", 30_000));
        Assert.Throws<ExpressionException>(() => Expression.Parse(signs));
    }

    [Fact]
    public void Length_has_a_limit() =>
        Assert.Contains(
            "at most 100000", Assert.Throws<ExpressionException>(
                () => Expression.Parse(new string('1', 100_001))).Message, StringComparison.Ordinal);

    [Fact]
    public void Hostile_texts_are_refused_and_never_crash()
    {
        string[] parts =
            ["(", ")", "+", "-", "*", "/", "^", "**", ",", "=", "1", "2.5e3", ".", "e", "pi", "x", "exp", "pow(", "log(", " ", "\0",
                "\uD800", "é", "\u202E", "1e", "'", "\"", "\\", "%"];
        var stream = new RandomStream(7, "hostile");
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            RandomStream sample = stream.At(i);
            var text = new StringBuilder();
            for (int length = sample.NextInt(12) + 1; length > 0; length--)
            {
                text.Append(parts[sample.NextInt(parts.Length)]);
            }

            try
            {
                Expression.Parse(text.ToString());
                read++;
            }
            catch (ExpressionException e)
            {
                Assert.InRange(e.Position, 0, text.Length);
                Assert.Equal(3, e.Message.Split('\n').Length);
            }
        }

        Assert.InRange(read, 100, 10_000);
    }
}
