using System.Globalization;
using Retrodict.Cli.Fitting;
using Retrodict.Cli.Methods;
using Spectre.Console;

namespace Retrodict.Cli.Rendering;

/// <summary>The result of <c>fit</c> for people: estimates, what they rest on, and predictions.</summary>
internal static class FitReport
{
    private const int MaxRows = 20;
    private const double Rounding = 1e-14;

    public static void Write(Page page, FitOutcome outcome)
    {
        RegressionFit fit = outcome.Fit;
        SolveSummary summary = fit.Solution.Summary;
        page.Line(
            ($"{fit.Problem.Response} = {fit.Problem.Formula}", Page.Strong),
            ($"\n{Format.Integer(fit.Problem.Observation.Length)} {(fit.Problem.Observation.Length == 1 ? "row" : "rows")} of "
                + $"{outcome.Request.Source} by {outcome.Request.Solver.Name}: ", null),
            (Names.Of(summary.Status), FitOutcome.IsSolution(fit) ? Page.Good : Page.Bad),
            (
                $" ({Names.Of(summary.Criterion)}) after {Format.Integer(summary.Iterations)} "
                    + $"{(summary.Iterations == 1 ? "iteration" : "iterations")}",
                null));
        foreach (string remark in RowRemarks.Of(outcome))
        {
            page.Line(remark, Page.Quiet);
        }

        foreach (string warning in FitRemarks.Warnings(fit))
        {
            page.Line(warning, Page.Bad);
        }

        page.Line();
        page.Write(EstimateTable.Of(fit, outcome.Request.Settings.Verbose));
        foreach (string note in FitRemarks.Notes(fit))
        {
            page.Line(note);
        }

        page.Line();
        page.Write(Residuals(fit, outcome.Request.Settings.Verbose));
        page.Line();
        page.Line(Foundation(outcome), Page.Quiet);
        if (outcome.Request.Settings.Verbose && fit.Problem.Parameters.Count > 1)
        {
            page.Line();
            page.Line("correlation", Page.Strong);
            page.Write(Correlations(fit));
        }

        if (outcome.Request.Residuals)
        {
            page.Line();
            page.Write(Rows(fit));
        }

        if (outcome.Predictions is { } predictions)
        {
            page.Line();
            WritePredictions(page, outcome, predictions);
        }
    }

    /// <summary>What the loss was measured in, and what the standard errors rest on.</summary>
    private static string Foundation(FitOutcome outcome)
    {
        RegressionFit fit = outcome.Fit;
        string plain = fit.Solution.Status != SolveStatus.Converged
            ? "no standard errors and intervals: they are those of a solution, which this end is not"
            : fit.DegreesOfFreedom == 0 && !fit.NoiseIsKnown ? "no standard errors, since there are no degrees of freedom"
            : IsExact(fit) && !fit.NoiseIsKnown ? "the rows are met to rounding, and the standard errors rest on that alone"
            : fit.NoiseIsKnown
            ? $"standard errors rest on the standard deviations in column {outcome.Request.Sigma}, not on the residuals; residuals count "
                + "in units of them"
            : "standard errors rest on the residual standard deviation, since no --sigma is given";
        if (fit.Problem.Regression.Loss is not { } loss)
        {
            return plain;
        }

        string name = $"loss {LossNames.Of(loss)} with scale {Format.Exact(loss.Scale)}";
        if (fit.IsRobust)
        {
            string noise = fit.NoiseIsKnown
                ? $"the noise in column {outcome.Request.Sigma}"
                : $"the noise, estimated as {Format.Scientific(fit.NoiseEstimate)} from the median absolute residual";
            string errors = fit.Solution.Status == SolveStatus.Converged ? "standard errors by Huber's formula for robust fits" : plain;
            return $"{name} in units of {noise}; {errors}";
        }

        string reason = fit.NoiseEstimate == 0
            ? "the median absolute residual is zero, so that the noise cannot be estimated; --sigma gives it"
            : "the fit by least squares before it did not end";
        return $"{name} was not applied: {reason}; {plain}";
    }

    /// <summary>Whether residuals are rounding beside what is fitted.</summary>
    private static bool IsExact(RegressionFit fit)
    {
        double squares = 0;
        foreach (double value in fit.Problem.Observation)
        {
            squares += value * value;
        }

        return fit.ResidualSumOfSquares <= Rounding * Rounding * squares;
    }

    private static Table Residuals(RegressionFit fit, bool exact)
    {
        int decimals = exact ? 14 : 6;
        Table table = Page.Table(("", Justify.Left), ("", Justify.Right));
        table.AddRow("residual sum of squares", EstimateTable.Digits(fit.ResidualSumOfSquares, decimals));
        table.AddRow("residual standard deviation", EstimateTable.Digits(fit.ResidualStandardDeviation, decimals));
        table.AddRow("degrees of freedom", Format.Integer(fit.DegreesOfFreedom));
        return table;
    }

    /// <summary>What was fitted, the model and the difference, for every row.</summary>
    private static Table Rows(RegressionFit fit)
    {
        Table table = Page.Table(
            ("row", Justify.Left), (fit.Problem.Response, Justify.Right), ("fitted", Justify.Right), ("residual", Justify.Right));
        IReadOnlyList<double> fitted = fit.Fitted;
        for (int row = 0; row < fitted.Count; row++)
        {
            double observed = fit.Problem.Observation[row];
            table.AddRow(
                new Text(fit.Problem.Data.Place(row)),
                new Text(EstimateTable.Digits(observed, 6)),
                new Text(EstimateTable.Digits(fitted[row], 6)),
                new Text(EstimateTable.Digits(observed - fitted[row], 3)));
        }

        return table;
    }

    private static Table Correlations(RegressionFit fit)
    {
        IReadOnlyList<string> names = fit.Problem.Parameters;
        Table table = Page.Table([("", Justify.Left), .. names.Select(name => (name, Justify.Right))]);
        for (int i = 0; i < names.Count; i++)
        {
            table.AddRow(names.Take(i + 1).Select((_, j) => fit.Correlation(i, j))
                .Select(correlation => double.IsNaN(correlation) ? "" : correlation.ToString("0.000", CultureInfo.InvariantCulture))
                .Prepend(names[i])
                .Select(text => new Text(text)));
        }

        return table;
    }

    private static void WritePredictions(Page page, FitOutcome outcome, FitPredictions predictions)
    {
        foreach (string remark in RowRemarks.LeftOut(predictions.RowsLeftOut, $"a value of {outcome.Request.Predict} is missing"))
        {
            page.Line(remark, Page.Quiet);
        }

        if (outcome.Request.Out is { } file)
        {
            page.Line($"written: {file}");
            return;
        }

        page.Line($"{outcome.Fit.Problem.Response} predicted for {outcome.Request.Predict}", Page.Strong);
        Table table = Page.Table([.. predictions.Columns.Select(column => (column.Name, Justify.Right))]);
        int rows = predictions.Prediction.Values.Count;
        for (int row = 0; row < Math.Min(MaxRows, rows); row++)
        {
            table.AddRow(predictions.Columns.Select((column, i) => new Text(
                i < predictions.Columns.Count - 2 ? Format.Exact(column.Values[row])
                    : double.IsNaN(column.Values[row]) ? ""
                    : EstimateTable.Digits(column.Values[row], 6))));
        }

        page.Write(table);
        if (rows > MaxRows)
        {
            page.Line($"… {Format.Integer(rows - MaxRows)} more, --out or --json for all", Page.Quiet);
        }
    }
}
