using Retrodict.Autodiff;
using Retrodict.Expressions;

namespace Retrodict.Tests.Expressions;

/// <summary>References of 40 digits (mpmath), rounded to 17, for values and derivatives.</summary>
public sealed class ExpressionFunctionTests
{
    [Theory]
    [InlineData("log2", 0.3, -1.7369655941662062, 4.8089834696298782)]
    [InlineData("log2", 8, 3.0, 0.18033688011112043)]
    [InlineData("log1p", 1e-10, 9.9999999995000004e-11, 0.9999999999)]
    [InlineData("log1p", 3, 1.3862943611198906, 0.25)]
    [InlineData("expm1", -1e-10, -9.9999999995000004e-11, 0.9999999999)]
    [InlineData("expm1", 2, 6.3890560989306502, 7.3890560989306502)]
    [InlineData("arcsin", -0.999999, -1.569382113114652, 707.10695795314245)]
    [InlineData("arcsin", -0.5, -0.52359877559829887, 1.1547005383792515)]
    [InlineData("arcsin", 1e-09, 1.0000000000000001e-9, 1.0)]
    [InlineData("arcsin", 0.3, 0.3046926540153975, 1.0482848367219183)]
    [InlineData("arcsin", 0.9999999, 1.5703491131957876, 2236.0680339899749)]
    [InlineData("arccos", -0.9999, 3.1274504001122811, -70.712445951905636)]
    [InlineData("arccos", -0.3, 1.8754889808102941, -1.0482848367219183)]
    [InlineData("arccos", 0.0, 1.5707963267948966, -1.0)]
    [InlineData("arccos", 0.7, 0.79539883018414362, -1.4002800840280097)]
    [InlineData("arccos", 0.9999999, 0.00044721359910904124, -2236.0680339899749)]
    [InlineData("arcsinh", -100000.0, -12.206072645555174, 9.9999999995e-6)]
    [InlineData("arcsinh", -2, -1.4436354751788103, 0.44721359549995794)]
    [InlineData("arcsinh", -1e-09, -1.0000000000000001e-9, 1.0)]
    [InlineData("arcsinh", 1e-09, 1.0000000000000001e-9, 1.0)]
    [InlineData("arcsinh", 0.5, 0.48121182505960345, 0.89442719099991588)]
    [InlineData("arcsinh", 30, 4.0946222243305306, 0.033314830232638478)]
    [InlineData("arccosh", 1.0000001, 0.00044721359190373473, 2236.067920945309)]
    [InlineData("arccosh", 1.5, 0.96242365011920689, 0.89442719099991588)]
    [InlineData("arccosh", 1000000.0, 14.508657738523969, 1.0000000000005e-6)]
    [InlineData("arctanh", -0.999, -3.8002011672501996, 500.25012506253082)]
    [InlineData("arctanh", -0.2, -0.2027325540540822, 1.0416666666666667)]
    [InlineData("arctanh", 1e-09, 1.0000000000000001e-9, 1.0)]
    [InlineData("arctanh", 0.9, 1.4722194895832203, 5.2631578947368432)]
    [InlineData("erf", -3, -0.99997790950300141, 0.00013925305194674785)]
    [InlineData("erf", -0.7, -0.67780119383741844, 0.69127486041053862)]
    [InlineData("erf", -0.49999, -0.52049108994331819, 0.8787913667172943)]
    [InlineData("erf", -1e-09, -1.1283791670955126e-9, 1.1283791670955126)]
    [InlineData("erf", 1e-09, 1.1283791670955126e-9, 1.1283791670955126)]
    [InlineData("erf", 0.1, 0.1124629160182849, 1.1171516067889369)]
    [InlineData("erf", 0.49999, 0.52049108994331819, 0.8787913667172943)]
    [InlineData("erf", 0.5, 0.52049987781304654, 0.87878257893544479)]
    [InlineData("erf", 1.5, 0.96610514647531073, 0.11893028922362937)]
    [InlineData("erf", 5, 0.99999999999846254, 1.5670866531017335e-11)]
    [InlineData("erfc", -2, 1.9953222650189527, -0.020666985354092054)]
    [InlineData("erfc", -0.3, 1.3286267594591274, -1.0312609096189631)]
    [InlineData("erfc", 0.0, 1.0, -1.1283791670955126)]
    [InlineData("erfc", 0.4, 0.57160764495333152, -0.96154129883930777)]
    [InlineData("erfc", 1, 0.15729920705028513, -0.4151074974205947)]
    [InlineData("erfc", 3, 2.2090496998585441e-5, -0.00013925305194674785)]
    [InlineData("erfc", 8, 1.1224297172982927e-29, -1.8097067968559843e-28)]
    [InlineData("erfc", 20, 5.3958656116079009e-176, -2.1610374743867985e-174)]
    public void Values_and_derivatives_agree_with_references(string function, double x, double value, double slope)
    {
        Assert.Equal(value, Evaluated.Of($"{function}(x)", ("x", x)), Math.Abs(value) * 2e-13);
        Assert.Equal(slope, Evaluated.Gradient($"{function}(x)", ("x", x))[0], Math.Abs(slope) * 2e-12);
    }

    [Theory]
    [InlineData("arcsin(1)", Math.PI / 2)]
    [InlineData("arcsin(-1)", -Math.PI / 2)]
    [InlineData("arccos(1)", 0)]
    [InlineData("arccos(-1)", Math.PI)]
    [InlineData("arcsinh(0) + arctanh(0) + arccosh(1) + erf(0)", 0)]
    [InlineData("erfc(0)", 1)]
    [InlineData("erfc(40) + 1 - erf(40)", 0)]
    [InlineData("sign(-3) + 10*sign(0) + 100*sign(2)", 99)]
    [InlineData("floor(2.5) + 10*floor(-2.5)", -28)]
    [InlineData("ceil(2.5) + 10*ceil(-2.5)", -17)]
    [InlineData("min(3, 2, 5) + 10*max(1, 4, 2)", 42)]
    [InlineData("min(2, 2) + max(2, 2)", 4)]
    [InlineData("if(1 < 2, 3, 4) + 10*if(2 < 1, 3, 4)", 43)]
    [InlineData("if(2 <= 2, 1, 0) + 10*if(2 >= 3, 1, 0) + 100*if(2 == 2, 1, 0) + 1000*if(2 != 2, 1, 0) + 10000*if(3 > 2, 1, 0)", 10101)]
    public void Ends_of_domains_kinks_and_choices(string text, double expected) => Assert.Equal(expected, Evaluated.Of(text), 1e-14);

    [Theory]
    [InlineData("ln(x)", "log(x)")]
    [InlineData("asin(x) + acos(x) + atan(x)", "arcsin(x) + arccos(x) + arctan(x)")]
    [InlineData("asinh(x) + acosh(1 + x) + atanh(x)", "arcsinh(x) + arccosh(1 + x) + arctanh(x)")]
    [InlineData("sgn(x) + fabs(x) + ceiling(x) + power(x, 2)", "sign(x) + abs(x) + ceil(x) + pow(x, 2)")]
    [InlineData("pmin(x, 1) + pmax(x, 1) + minimum(x, 2) + maximum(x, 2) + fmin(x, 3) + fmax(x, 3)", "x + 1 + x + 2 + x + 3")]
    [InlineData("ifelse(x < 1, x, 2) + where(x > 1, x, 2)", "x + 2")]
    public void Functions_have_the_names_of_others_too(string text, string meaning) =>
        Assert.Equal(Evaluated.Of(meaning, ("x", 0.4)), Evaluated.Of(text, ("x", 0.4)), 1e-15);

    [Theory]
    [InlineData("max(0, x)", 2, 1)]
    [InlineData("max(0, x)", -2, 0)]
    [InlineData("max(0, x)", 0, 0)]
    [InlineData("max(x, 3*x)", 0, 2)]
    [InlineData("max(0, x)^0.5", -1, 0)]
    [InlineData("min(x, 2)", 2, 0)]
    [InlineData("min(x, 3*x)", 2, 1)]
    [InlineData("min(x, 3*x)", -2, 3)]
    [InlineData("max(-1, log(x))", 0, 0)]
    [InlineData("if(x > 0, sqrt(x), 0)", 0, 0)]
    [InlineData("if(x > 0, sqrt(x), x)", -4, 1)]
    [InlineData("sign(x)*x", -4, -1)]
    [InlineData("floor(x)*x", 2.5, 2)]
    public void Derivatives_are_those_of_what_is_taken(string text, double x, double slope) =>
        Assert.Equal(slope, Evaluated.Gradient(text, ("x", x))[0]);

    [Fact]
    public void What_is_not_a_number_stays_so()
    {
        Assert.True(double.IsNaN(Evaluated.Of("max(1, log(x))", ("x", -1))));
        Assert.True(double.IsNaN(Evaluated.Of("min(log(x), 1)", ("x", -1))));
        Assert.True(double.IsNaN(Evaluated.Of("arcsin(x)", ("x", 1.5))));
        Assert.True(double.IsNaN(Evaluated.Of("arccosh(x)", ("x", 0.5))));
    }

    [Fact]
    public void Later_functions_may_be_names_too()
    {
        Assert.Equal(["min", "max", "x"], Expression.Parse("min + (max - min)/(1 + max(x, 0))").Names);
        Assert.Equal(["sign", "erf", "floor", "if", "ln"], Expression.Parse("sign*erf + floor - if/ln").Names);
    }

    [Fact]
    public void They_run_on_rows()
    {
        Function function = Function.Trace(x => Expression.Parse("erf(x) + arcsinh(x) + max(x, 0)").Apply(_ => x), Shape.Of([3]));
        double[] values = function.Compile<double>().Evaluate([-1.0, 0, 1])[0];
        Assert.Equal(-(0.84270079294971487 + 0.88137358701954303), values[0], 1e-15);
        Assert.Equal(0, values[1]);
        Assert.Equal(0.84270079294971487 + 0.88137358701954303 + 1, values[2], 1e-15);
    }
}
