using System.Text;
using Retrodict.Data;
using Retrodict.Expressions;

namespace Retrodict.Tests.Regressions;

/// <summary>Which rows a regression is fitted to, and columns by any name.</summary>
public sealed class RegressionRowsTests
{
    private static readonly Regression _line = new("a + b*t", Read("t,y,s\n0,1.02,.1\n1,2.98,.1\n2,5.05,.1\n3,6.96,.1\n4,9.01,.1\n"))
    {
        Response = "y",
        Sigma = "s",
        Start = [("a", 0), ("b", 1)],
    };

    [Theory]
    [InlineData("1,,.1", 1, 0)]
    [InlineData("1,NA,.1", 1, 0)]
    [InlineData("1,2.98,NaN", 1, 0)]
    [InlineData(",2.98,.1", 1, 0)]
    [InlineData("1,2.98,inf", 0, 1)]
    [InlineData("1,,Infinity", 0, 1)]
    public void Rows_without_a_value_or_a_weight_are_left_out(string row, int missing, int infinite)
    {
        // Normal equations of the rows t = 0, 2, 3, 4.
        Regression regression =
            _line with { Data = Read($"t,y,s\n0,1.02,.1\n{row}\n2,5.05,.1\n3,6.96,.1\n4,9.01,.1\n"), Missing = MissingValues.Skip };
        RegressionFit fit = regression.Fit();
        Assert.Equal(1.028, fit.Parameters[0].Estimate, 1e-9);
        Assert.Equal(1.992, fit.Parameters[1].Estimate, 1e-9);
        Assert.Equal(0.0910, fit.Parameters[0].StandardError, 5e-5);
        Assert.Equal(0.0338, fit.Parameters[1].StandardError, 5e-5);
        Assert.Equal((missing, infinite), (fit.Problem.RowsWithMissingValues, fit.Problem.RowsWithInfiniteSigma));
        Assert.Equal(4, fit.Problem.Data.RowCount);
        Assert.Equal(2, fit.DegreesOfFreedom);
    }

    [Fact]
    public void Missing_values_are_refused_by_default_where_they_matter()
    {
        Regression regression = _line with { Data = Read("t,y,s,z\n0,1.02,.1,1\n1,,.1,2\n2,5.05,NA,3\n3,6.96,.1,\n4,9.01,.1,5\n") };
        Assert.Equal(
            "'f.csv', lines 3, 4: values of columns 'y', 's' are missing in 2 of 5 rows; rows without a value are left out if " +
                "asked for (--missing skip).",
            Assert.Throws<DataFormatException>(regression.ToProblem).Message);
        Assert.Equal(2, (regression with { Missing = MissingValues.Skip }).ToProblem().RowsWithMissingValues);
        Regression other = _line with { Data = Read("t,y,s,z\n0,1.02,.1,1\n1,3,.1,\n2,5.05,.1,3\n") };
        Assert.Equal(0, other.ToProblem().RowsWithMissingValues);
    }

    [Fact]
    public void In_arrays_what_is_missing_is_NaN()
    {
        var data = new DataColumns([("y", [1.02, double.NaN, 5.05, 6.96, 9.01]), ("t", [0, 1, 2, 3, 4])]);
        var regression = new Regression("a + b*t", data) { Start = [("a", 0), ("b", 1)] };
        Assert.StartsWith(
            "row 2 of the data: the value of column 'y' is missing", Assert.Throws<DataFormatException>(regression.ToProblem).Message,
                StringComparison.Ordinal);
        Assert.Equal(1.028, (regression with { Missing = MissingValues.Skip }).Fit().Parameters[0].Estimate, 1e-9);
    }

    [Fact]
    public void Other_fields_are_refused_even_then()
    {
        Regression regression = _line with { Data = Read("t,y,s\n0,1.02,.1\n1,bad,.1\n2,5.05,.1\n"), Missing = MissingValues.Skip };
        Assert.Contains(
            "line 3: the value of column 'y' is 'bad'", Assert.Throws<DataFormatException>(regression.ToProblem).Message,
                StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t,y,s\n0,,.1\n1,NA,.1\n", "has no row that counts")]
    [InlineData("t,y,s\n0,1,inf\n1,2,inf\n", "has no row that counts")]
    [InlineData("t,y,s\n0,1,inf\n1,2,.1\n", "has 1 rows besides the 1 left out, too few for 2 parameters")]
    [InlineData("t,y,s\n0,1,-inf\n1,2,.1\n", "line 2: the value of column 's' is infinite")]
    [InlineData("t,y,s\n0,1,.1\n1,inf,.1\n2,3,.1\n", "line 3: the value of column 'y' is infinite")]
    [InlineData("t,y,s\n0,NA,.1\n1,2,0\n2,3,.1\n", "line 3: the standard deviation 's' is 0; it must be positive")]
    public void What_is_left_must_be_enough_and_right(string text, string message) => Assert.Contains(
        message,
        Assert.Throws<DataFormatException>((_line with { Data = Read(text), Missing = MissingValues.Skip }).ToProblem).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("a + b*\"Time (s)\"", "Signal [mV]")]
    [InlineData("a + b*`Time (s)`", "Signal [mV]")]
    [InlineData("\"Signal [mV]\" = a + b*\"Time (s)\"", null)]
    public void Columns_have_any_name(string model, string? response)
    {
        var regression = new Regression(model, Read("Time (s),Signal [mV]\n0,1.02\n1,2.98\n2,5.05\n3,6.96\n4,9.01\n"))
        {
            Response = response,
            Start = [("a", 0), ("b", 1)],
        };
        RegressionFit fit = regression.Fit();
        Assert.Equal(1.012, fit.Parameters[0].Estimate, 1e-9);
        Assert.Equal(0.013, fit.Parameters[1].StandardError, 5e-4);
        Assert.Equal([10.992], fit.Predict(new DataColumns([("Time (s)", [5.0])])).Values.Select(value => Math.Round(value, 9)));
    }

    [Fact]
    public void A_column_in_quotation_marks_is_no_constant_and_no_function()
    {
        var data = new DataColumns([("y", [1.0, 3, 5]), ("e", [0.0, 1, 2]), ("exp", [1.0, 1, 1])]);
        Assert.Equal(["exp", "e"], new Regression("a*\"exp\" + b*\"e\"", data) { Start = [("a", 1), ("b", 1)] }.ToProblem().Columns);
    }

    [Theory]
    [InlineData("a + b*t", nameof(Regression.Start), "'t' is the beginning of the column 't/µs', which is written in quotation " +
        "marks, \"t/µs\", or given a short name (--column t=\"t/µs\")")]
    [InlineData("a + b*t/µs", nameof(Regression.Start), "'t' is the beginning of the column 't/µs'")]
    [InlineData("a + b*signal", nameof(Regression.Start), "'signal' is the beginning of the column 'Signal [mV]'")]
    [InlineData("a + b*\"t/s\"", nameof(Regression.Model), "'f.csv' has no column 't/s'; its columns are t/µs, Signal [mV], Dose " +
        "(g); did you mean 't/µs'?")]
    [InlineData("Signal = a + b*\"t/µs\"", nameof(Regression.Model), "'Signal' is the beginning of the column 'Signal [mV]'")]
    public void Names_that_begin_like_a_column_get_a_hint(string model, string property, string hint)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(Odd(model).ToProblem);
        Assert.Equal(property, error.ParamName);
        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a + b*Signal [mV]")]
    [InlineData("Signal [mV] = a + b*\"t/µs\"")]
    [InlineData("a + b*Dose (g)")]
    public void Columns_without_their_quotation_marks_are_recognized(string model) => Assert.Contains(
        "which is written in quotation marks, \"", Assert.Throws<ExpressionException>(Odd(model).ToProblem).Message,
            StringComparison.Ordinal);

    private static Regression Odd(string model) =>
        new(model, Read("t/µs,Signal [mV],Dose (g)\n0,1,1\n1,2,2\n2,4,3\n")) { Start = [("a", 0), ("b", 1)] };

    private static DataColumns Read(string text) => CsvFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "f.csv");
}
