using Retrodict.Data;
using Retrodict.Expressions;

namespace Retrodict.Tests.Regressions;

public sealed class RegressionErrorTests
{
    private static readonly DataColumns _data = new(
        [("y", [1.0, 2, 3, -4]), ("x", [0.0, 1, 2, 3]), ("e", [1.0, 1, 1, 1]), ("s", [1.0, 1, 0, 1])]);
    private static readonly Regression _good = new("a + b*x", _data) { Start = [("a", 1), ("b", 1)] };

    private static readonly (string Property, string Message, Regression Regression)[] _wrong =
    [
        (nameof(Regression.Start), "'b' has no start. What is no column (y, x, e, s) is a parameter", _good with { Start = [("a", 1)] }),
        (nameof(Regression.Start), "'a' is given more than once", _good with { Start = [("a", 1), ("b", 1), ("a", 2)] }),
        (nameof(Regression.Start), "The model has no parameter 'bb'; its parameters are a, b; did you mean " +
            "'b'?", _good with { Start = [("a", 1), ("b", 1), ("bb", 2)] }),
        (nameof(Regression.Start), "'x' is a column of the data, so it is no parameter",
            _good with { Start = [("a", 1), ("b", 1), ("x", 2)] }),
        (nameof(Regression.Start), "The value of 'b' is NaN; it must be finite", _good with { Start = [("a", 1), ("b", double.NaN)] }),
        (nameof(Regression.Start), "The start of 'a' is 1, outside of its bounds 2 and 3", _good with { Bounds = [("a", 2, 3)] }),
        (nameof(Regression.Start), "'e' is a mathematical constant, so it is no parameter",
            _good with { Start = [("a", 1), ("b", 1), ("e", 2)] }),
        (nameof(Regression.Fixed), "'b' has a start and is fixed as well", _good with { Fixed = [("b", 1)] }),
        (nameof(Regression.Fixed), "The model has no parameter 'c'", _good with { Fixed = [("c", 1)] }),
        (nameof(Regression.Bounds), "The bounds of 'a' are 1 and 1; the lower one must be smaller", _good with { Bounds = [("a", 1, 1)] }),
        (nameof(Regression.Bounds), "The model has no parameter 'c'", _good with { Bounds = [("c", 0, 1)] }),
        (nameof(Regression.Bounds), "'b' is fixed, so it cannot have bounds",
            _good with { Start = [("a", 1)], Fixed = [("b", 1)], Bounds = [("b", 0, 1)] }),
        (nameof(Regression.Response), "the data has no column 'Y'; its columns are y, x, e, s; did you mean " +
            "'y'?", _good with { Response = "Y" }),
        (nameof(Regression.Response), "The model contains 'x', which is the column to be fitted; its " +
            "columns", _good with { Response = "x" }),
        (nameof(Regression.Response), "so no response can be named besides, but 'y' is",
            _good with { Model = "y = a + b*x", Response = "y" }),
        (nameof(Regression.Sigma), "the data has no column 'sigma'", _good with { Sigma = "sigma" }),
        (nameof(Regression.Model), "'e' in the model is a mathematical constant, but there is a column of that name " +
            "too", _good with { Model = "a + b*x + e" }),
        (nameof(Regression.Model), "The model's left side may have only columns in it, but the data has no column " +
            "'z'", _good with { Model = "log(z) = a + b*x" }),
        (nameof(Regression.Model), "The model's left side, '1', has no column in it", _good with { Model = "1 = a + b*x" }),
        (nameof(Regression.Model), "The model fits 'y' with a formula that contains y again", _good with { Model = "y = a + b*y" }),
        (nameof(Regression.Model), "The model has no parameters to fit", _good with { Model = "2*x", Start = [] }),
        (nameof(Regression.Model), "All parameters are fixed", _good with { Start = [], Fixed = [("a", 1), ("b", 1)] }),
    ];

    [Fact]
    public void What_does_not_fit_is_named() => Assert.All(_wrong, wrong =>
    {
        ArgumentException error = Assert.Throws<ArgumentException>(wrong.Regression.ToProblem);
        Assert.Equal(wrong.Property, error.ParamName);
        Assert.Contains(wrong.Message, error.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void The_parts_fit_as_they_stand() => Assert.Equal(["a", "b"], _good.ToProblem().Parameters);

    [Fact]
    public void A_model_that_is_no_formula_shows_where() =>
        Assert.Equal(8, Assert.Throws<ExpressionException>((_good with { Model = "y = a + * x" }).ToProblem).Position);

    [Theory]
    [InlineData("log(y) = a + b*x", null, "row 4 of the data: log(y) is NaN, but what is fitted must be finite")]
    [InlineData("a + b*x", "s", "row 3 of the data: the standard deviation 's' is 0; it must be positive")]
    public void Rows_that_cannot_be_used_are_named(string model, string? sigma, string message) => Assert.Contains(
        message, Assert.Throws<DataFormatException>(
            (_good with { Model = model, Sigma = sigma }).ToProblem).Message, StringComparison.Ordinal);

    [Fact]
    public void Fewer_rows_than_parameters_are_too_few()
    {
        var regression = new Regression("a + b*x", new DataColumns([("y", [1.0]), ("x", [2.0])])) { Start = [("a", 1), ("b", 1)] };
        Assert.Contains(
            "1 rows, too few for 2 parameters", Assert.Throws<DataFormatException>(regression.ToProblem).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prediction_needs_the_model_s_columns() => Assert.Contains(
        "no column 'x'", Assert.Throws<KeyNotFoundException>(
            () => _good.Fit().Predict(new DataColumns([("X", [1.0])]))).Message, StringComparison.Ordinal);
}
