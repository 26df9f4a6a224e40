using Retrodict.Data;

namespace Retrodict.Cli.Fitting;

/// <summary>The fitted model on the rows of another file.</summary>
internal sealed class FitPredictions
{
    public const string Predicted = "predicted";
    public const string StandardError = "standard_error";

    public FitPredictions(RegressionFit fit, MissingValues missing, DataColumns all)
    {
        DataColumns rows = missing == MissingValues.Skip ? all.Complete(fit.Problem.Columns) : all;
        RowsLeftOut = all.RowCount - rows.RowCount;
        Prediction = fit.Predict(rows);
        Columns =
        [
            .. fit.Problem.Columns.Select(name => (name, rows[name].ToArray())),
            (Unused(Predicted, fit), [.. Prediction.Values]),
            (Unused(StandardError, fit), [.. Prediction.StandardErrors]),
        ];
    }

    /// <summary>How many rows are left out because they lack a value.</summary>
    public int RowsLeftOut { get; }

    public RegressionPrediction Prediction { get; }

    /// <summary>The columns of the model, the predicted values and their standard errors.</summary>
    public IReadOnlyList<(string Name, double[] Values)> Columns { get; }

    private static string Unused(string name, RegressionFit fit) => fit.Problem.Columns.Contains(name) ? Unused($"{name}_", fit) : name;
}
