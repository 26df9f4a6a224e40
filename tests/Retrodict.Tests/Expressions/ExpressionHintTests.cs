using Retrodict.Expressions;

namespace Retrodict.Tests.Expressions;

public sealed class ExpressionHintTests
{
    [Theory]
    [InlineData("cot", "cot(x) is 1/tan(x); the functions are exp, log, log10, log2")]
    [InlineData("sec", "sec(x) is 1/cos(x)")]
    [InlineData("csc", "csc(x) is 1/sin(x)")]
    [InlineData("coth", "coth(x) is 1/tanh(x)")]
    [InlineData("acot", "acot(x) is arctan(1/x)")]
    [InlineData("sinc", "sinc(x) is sin(x)/x, or, as NumPy has it, sin(pi*x)/(pi*x)")]
    [InlineData("sind", "sind(x) is sin(pi*x/180)")]
    [InlineData("lg", "lg(x) is log10(x)")]
    [InlineData("log3", "log3(x) is log(x)/log(3)")]
    [InlineData("exp10", "exp10(x) is 10^x")]
    [InlineData("expit", "expit(x) is 1/(1 + exp(-x))")]
    [InlineData("cbrt", "cbrt(x) is sign(x)*abs(x)^(1/3)")]
    [InlineData("mod", "mod(x, y) is x - y*floor(x/y)")]
    [InlineData("pnorm", "pnorm(x) is erfc(-x/sqrt(2))/2")]
    [InlineData("heaviside", "heaviside(x) is (1 + sign(x))/2")]
    [InlineData("LOG", "log(x) is the natural logarithm, log10(x) the common one")]
    [InlineData("exp1", "the functions are exp, log")]
    [InlineData("si", "the functions are exp, log")]
    [InlineData("erfi", "the functions are exp, log")]
    [InlineData("erfcx", "the functions are exp, log")]
    [InlineData("sum", "the functions are exp, log")]
    [InlineData("f", "the functions are exp, log")]
    [InlineData("exo", "did you mean 'exp'?")]
    [InlineData("sqtr", "did you mean 'sqrt'?")]
    [InlineData("Sin", "did you mean 'sin'?")]
    [InlineData("arcsni", "did you mean 'arcsin'?")]
    public void A_function_that_is_not_there_gets_its_expression_or_the_list_or_the_name_that_was_mistyped(string name, string hint)
    {
        string message = Assert.Throws<ExpressionException>(() => Expression.Parse($"a*{name}(x)")).Message;
        Assert.Contains($"There is no function '{name}' (position 2); {hint}", message, StringComparison.Ordinal);
    }

    /// <summary>What R, NumPy, SciPy, Excel and C call functions that expressions do not have.</summary>
    [Theory]
    [InlineData("cot sec csc coth sech csch acot asec acsc acoth asech acsch cis sinc sind cosd tand asind acosd atand sinpi cospi tanpi")]
    [InlineData("exp2 exp10 expi expn exp1 expm logb logit logm log3 log20 erfi erfinv erfcinv erfcx cbrt sqr square mod fmod rem " +
        "fix trunc round rint")]
    [InlineData("gamma lgamma beta digamma j0 j1 y0 i0 k0 si ci ei li sum mean std var prod norm diff mean median step hypot atan2 " +
        "arctan2 real imag arg")]
    public void Functions_of_other_programs_are_never_answered_with_another(string names) => Assert.All(
        names.Split(' '),
        name => Assert.DoesNotContain(
            "did you mean", Assert.Throws<ExpressionException>(() => Expression.Parse($"{name}(x)")).Message, StringComparison.Ordinal));

    [Fact]
    public void Every_expression_in_a_hint_can_be_read()
    {
        string[] names =
            ["cot", "asec", "atan2", "cbrt", "clip", "rect", "fmod", "pnorm", "gauss", "lorentz", "logit", "log7", "acoth", "tand"];
        Assert.All(names, name =>
        {
            string message = Assert.Throws<ExpressionException>(() => Expression.Parse($"{name}(x)")).Message;
            string expression =
                message[(message.IndexOf(" is ", message.IndexOf(';', StringComparison.Ordinal),
                    StringComparison.Ordinal) + 4)..].Split(';')[0];
            Assert.NotEmpty(Expression.Parse(expression).Names);
        });
    }

    [Theory]
    [InlineData("min(x)", "'min' at position 0 takes two arguments or more, but 1 is given")]
    [InlineData("if(x, 1, 2)", "'if' at position 0 needs a comparison first, as in if(x < 1, a, b), but there is ','")]
    [InlineData("if(x < 1, 2)", "'if' at position 0 takes a comparison and two values")]
    [InlineData("x < 1", "'<' at position 2 compares, which has a place only in if(x < 1, a, b)")]
    [InlineData("x == 1", "'==' at position 2 compares")]
    [InlineData("np.exp(x)", "'.' at position 2 has no meaning; names have no points in them (np.exp is exp)")]
    [InlineData("a*'x'", "the quotation marks around a column's name are \" or `")]
    [InlineData("a*\"x", "The quotation mark at position 2 is never closed")]
    [InlineData("a*\"\"", "There is no name between the quotation marks at position 2")]
    [InlineData("a*\"x\" \"y\"", "An operator is missing before 'y' at position 6")]
    public void What_else_is_wrong_is_said(string text, string message) => Assert.Contains(
        message, Assert.Throws<ExpressionException>(() => Expression.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Quotation_marks_hold_any_name()
    {
        Assert.Equal(
            ["a", "Time (s)", "t/µs", "say \"x\"", "e", "b`c", "exp"],
            Expression.Parse("a*\"Time (s)\" + `t/µs` - \"say \"\"x\"\"\"/\"e\"^2 + `b``c` + \"exp\"").Names);
        Assert.Equal(6, Evaluated.Of("\"Time (s)\"*a", ("Time (s)", 2), ("a", 3)));
    }
}
