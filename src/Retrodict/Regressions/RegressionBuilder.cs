using System.Globalization;
using Retrodict.Data;
using Retrodict.Expressions;

namespace Retrodict.Regressions;

/// <summary>From a regression as it was written down to an inverse problem, checking everything on the way.</summary>
internal static class RegressionBuilder
{
    private const double LeastSize = 1e-140;
    private const double GreatestSize = 1e140;

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
        Scale? deviations = Noise(regression, data);
        RequireSquares(response.Text, observation, regression.Sigma is { } column ? data[column] : default, data.Label);
        return new RegressionProblem(
            regression,
            formula,
            rows,
            deviations is { } noise ? problem with { Noise = noise, Loss = regression.Loss } : problem,
            observation,
            [.. formula.Parameters.Select(name => regression.Start.First(start => start.Name == name).Value)]);
    }

    /// <summary>Refuses sizes whose squares a double does not hold: sums of them would be zero or infinite whatever the fit.</summary>
    private static void RequireSquares(string response, double[] observation, ReadOnlySpan<double> deviations, string label)
    {
        double largest = 0;
        for (int row = 0; row < observation.Length; row++)
        {
            largest = Math.Max(largest, Math.Abs(observation[row]) / (deviations.IsEmpty ? 1 : deviations[row]));
        }

        if (largest > 0 && (largest < LeastSize || largest > GreatestSize))
        {
            throw new DataFormatException(string.Create(
                CultureInfo.InvariantCulture, $"{label}: the largest {Quoted.Name(response)} is {largest:G3}"
                    + $"{(deviations.IsEmpty ? "" : " of its standard deviation")}, and the square of such a number is beyond what a "
                    + $"double holds; multiply it by a power of ten, so that it lies between {LeastSize} and {GreatestSize}."));
        }
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
