using System.Globalization;
using Retrodict.Data;
using Retrodict.Expressions;

namespace Retrodict.Regressions;

/// <summary>What a regression fits: a column, or an expression of columns.</summary>
internal static class RegressionResponse
{
    /// <summary>The left side of the model, or else the column that is named, or else the first one.</summary>
    public static Expression Resolve(Regression regression, Expression? left, Expression right)
    {
        DataColumns data = regression.Data;
        if (left is null)
        {
            string column = regression.Response ?? data.Names[0];
            return !data.Contains(column) ? throw RegressionError.In(nameof(Regression.Response), data.Unknown(column))
                : right.Names.Contains(column)
                    ? throw RegressionError.In(
                        nameof(Regression.Response),
                        $"The model contains '{column}', which is the column to be " +
                            $"fitted{(regression.Response is null ? " unless another response is named" : "")}; "
                        + $"its columns are {Quoted.List(data.Names)}")
                : Column(column);
        }

        if (regression.Response is { } named)
        {
            throw RegressionError.In(nameof(Regression.Response), $"The model says on its left side what is fitted, '{left.Text}', " +
                $"so no response can be named besides, but '{named}' is");
        }

        if (left.Names.FirstOrDefault(name => !data.Contains(name)) is { } unknown)
        {
            string problem = ColumnHints.Beginning(unknown, data) is { Length: > 0 } hint
                ? $"{data.Label} has no column {Quoted.Name(unknown)}{hint}"
                : data.Unknown(unknown);
            throw RegressionError.In(nameof(Regression.Model), $"The model's left side may have only columns in it, but {problem}");
        }

        return left.Names.All(right.Names.Contains)
            ? throw RegressionError.In(
                nameof(Regression.Model),
                left.Names.Count == 0
                    ? $"The model's left side, '{left.Text}', has no column in it"
                    : $"The model fits '{left.Text}' with a formula that contains {Quoted.List(left.Names)} again")
            : left;
    }

    public static double[] Evaluate(Expression response, DataColumns data)
    {
        double[] values = RegressionFormula.Evaluate(response, data);
        int row = Array.FindIndex(values, value => !double.IsFinite(value));
        return row < 0
            ? values
            : throw new DataFormatException(string.Create(
                CultureInfo.InvariantCulture, $"{data.Place(row)}: {response.Text} is {values[row]}, but what is fitted must be finite."));
    }

    /// <summary>A column by any name, be it one that expressions cannot write.</summary>
    private static Expression Column(string name) => new(name, [new ExpressionNode.Name(name)], [name], [name], []);
}
