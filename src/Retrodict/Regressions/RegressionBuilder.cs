using System.Globalization;
using Retrodict.Data;
using Retrodict.Expressions;

namespace Retrodict.Regressions;

/// <summary>From a regression as it was written down to an inverse problem, checking everything on the way.</summary>
internal static class RegressionBuilder
{
    public static RegressionProblem Build(Regression regression)
    {
        ArgumentNullException.ThrowIfNull(regression.Model);
        ArgumentNullException.ThrowIfNull(regression.Data);
        (Expression? left, Expression right) = Formula(regression);
        Expression response = RegressionResponse.Resolve(regression, left, right);
        RegressionFormula formula = RegressionNames.Resolve(regression, right, response.Text);
        var rows = RegressionRows.Of(regression, [.. response.Names, .. formula.Columns]);
        DataColumns data = rows.Data;
        if (data.RowCount < formula.Parameters.Count)
        {
            string without = rows.LeftOut > 0 ? string.Create(CultureInfo.InvariantCulture, $" besides the {rows.LeftOut} left out") : "";
            throw new DataFormatException(string.Create(
                CultureInfo.InvariantCulture, $"{data.Label} has {data.RowCount} rows{without}, too few for " +
                    $"{formula.Parameters.Count} parameters."));
        }

        double[] observation = RegressionResponse.Evaluate(response, data);
        var problem = new InverseProblem(formula.On(data)) { Bounds = Box(regression, formula.Parameters) };
        return new RegressionProblem(
            regression,
            formula,
            rows,
            Noise(regression, data) is { } noise ? problem with { Noise = noise, Loss = regression.Loss } : problem,
            observation,
            [.. formula.Parameters.Select(name => regression.Start.First(start => start.Name == name).Value)]);
    }

    private static (Expression? Left, Expression Right) Formula(Regression regression)
    {
        try
        {
            return new ExpressionParser(regression.Model).Formula();
        }
        catch (ExpressionException e)
        {
            throw ColumnHints.With(e, regression.Model, regression.Data);
        }
    }

    private static Scale? Noise(Regression regression, DataColumns data)
    {
        if (regression.Sigma is not { } column)
        {
            return null;
        }

        ReadOnlySpan<double> deviations = data[column];
        for (int row = 0; row < deviations.Length; row++)
        {
            if (!(deviations[row] > 0 && double.IsFinite(1 / deviations[row])))
            {
                throw new DataFormatException(string.Create(
                    CultureInfo.InvariantCulture, $"{data.Place(row)}: the standard deviation {Quoted.Name(column)} is " +
                        $"{deviations[row]}; it must be positive."));
            }
        }

        return Scale.PerComponent(deviations);
    }

    private static Box Box(Regression regression, IReadOnlyList<string> parameters)
    {
        double[] lower = [.. parameters.Select(_ => double.NegativeInfinity)];
        double[] upper = [.. parameters.Select(_ => double.PositiveInfinity)];
        foreach ((string name, double low, double high) in regression.Bounds)
        {
            if (!(low < high))
            {
                throw RegressionError.In(nameof(Regression.Bounds), string.Create(
                    CultureInfo.InvariantCulture, $"The bounds of '{name}' are {low} and {high}; the lower one must be smaller. A " +
                        $"fixed value keeps a parameter from being fitted"));
            }

            int i = parameters.ToList().IndexOf(name);
            double start = regression.Start.First(entry => entry.Name == name).Value;
            if (start < low || start > high)
            {
                throw RegressionError.In(nameof(Regression.Start), string.Create(
                    CultureInfo.InvariantCulture, $"The start of '{name}' is {start}, outside of its bounds {low} and {high}"));
            }

            (lower[i], upper[i]) = (low, high);
        }

        return new Box(lower, upper);
    }
}
