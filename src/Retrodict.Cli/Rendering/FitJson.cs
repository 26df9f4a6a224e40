using System.Text.Json;
using Retrodict.Cli.Fitting;
using Retrodict.Cli.Methods;

namespace Retrodict.Cli.Rendering;

/// <summary>The JSON of <c>fit</c>.</summary>
internal static class FitJson
{
    public static void Write(TextWriter output, FitOutcome outcome) => Json.Document(output, json =>
    {
        RegressionFit fit = outcome.Fit;
        json.WriteString("status", Names.Of(fit.Solution.Status));
        json.WriteString("criterion", Names.Of(fit.Solution.Criterion));
        json.WriteNumber("iterations", fit.Solution.Summary.Iterations);
        json.WriteStartArray("parameters");
        foreach (ParameterEstimate parameter in fit.Parameters)
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            json.Number("estimate", parameter.Estimate);
            json.Number("standard_error", parameter.StandardError);
            json.WriteString("state", State(parameter.State));
            Interval(json, parameter);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Matrix(json, "covariance", fit, (i, j, n) => fit.Covariance[(i * n) + j]);
        Matrix(json, "correlations", fit, (i, j, _) => fit.Correlation(i, j));
        Combinations(json, fit);
        json.Number("residual_sum_of_squares", fit.ResidualSumOfSquares);
        json.Number("residual_standard_deviation", fit.ResidualStandardDeviation);
        json.WriteNumber("degrees_of_freedom", fit.DegreesOfFreedom);
        json.Number("reduced_chi_square", fit.ReducedChiSquare);
        json.Number("chi_square_probability", fit.ChiSquareProbability);
        json.WriteBoolean("worse_than_constant", fit.IsWorseThanConstant);
        json.Number("minimized_sum", fit.ObjectiveSum);
        json.Number("minimized_sum_of_constant", fit.ConstantObjectiveSum);
        json.WriteNumber("rows", fit.Problem.Data.RowCount);
        json.Object("rows_left_out", () =>
        {
            json.WriteNumber("missing", fit.Problem.RowsWithMissingValues);
            json.WriteNumber("infinite_sigma", fit.Problem.RowsWithInfiniteSigma);
        });
        json.NonFinite(fit.Solution.Summary.NonFinite);
        if (fit.NonFinite is { } cause)
        {
            Cause(json, cause);
        }

        json.WriteStartArray("messages");
        foreach (string message in FitRemarks.Warnings(fit).Concat(FitRemarks.Notes(fit)))
        {
            json.WriteStringValue(message);
        }

        json.WriteEndArray();
        if (outcome.Request.Residuals)
        {
            json.Numbers("fitted", [.. fit.Fitted]);
            json.Numbers("residuals", [.. fit.Fitted.Select((fitted, row) => fit.Problem.Observation[row] - fitted)]);
        }

        if (fit.Problem.Regression.Loss is { } loss)
        {
            json.Object("loss", () =>
            {
                json.WriteString("name", LossNames.Of(loss));
                json.Number("scale", loss.Scale);
                json.Number("noise_estimate", fit.NoiseEstimate);
                json.WriteBoolean("applied", fit.IsRobust);
            });
        }

        if (outcome.Predictions is { } predictions)
        {
            WritePredictions(json, predictions.Prediction);
            json.WriteNumber("predictions_left_out", predictions.RowsLeftOut);
        }
    });

    private static string State(ParameterState state) => state switch
    {
        ParameterState.AtBound => "at-bound",
        ParameterState.Undetermined => "not-determined",
        ParameterState.Fixed => "fixed",
        _ => "free",
    };

    private static void Interval(Utf8JsonWriter json, ParameterEstimate parameter)
    {
        if (double.IsNaN(parameter.Margin))
        {
            json.WriteNull("interval");
            return;
        }

        json.Numbers("interval", [parameter.Lower, parameter.Upper]);
        json.WriteBoolean("interval_cut_by_bound", parameter.IsCutByBound);
    }

    /// <summary>A matrix over the fitted parameters, a row a list; null where a number is not known.</summary>
    private static void Matrix(Utf8JsonWriter json, string name, RegressionFit fit, Func<int, int, int, double> entry)
    {
        int n = fit.Problem.Parameters.Count;
        json.WriteStartArray(name);
        for (int i = 0; i < n; i++)
        {
            int row = i;
            json.Row([.. Enumerable.Range(0, n).Select(j => entry(row, j, n))]);
        }

        json.WriteEndArray();
    }

    private static void Combinations(Utf8JsonWriter json, RegressionFit fit)
    {
        json.WriteStartArray("determined_combinations");
        foreach (DeterminedCombination combination in fit.Combinations)
        {
            json.WriteStartObject();
            json.WriteString("combination", combination.Text);
            json.WriteString("kind", Names.Of(combination.Kind));
            json.Object("weights", () =>
            {
                foreach ((string member, double weight) in combination.Weights)
                {
                    json.Number(member, weight);
                }
            });
            json.Number("estimate", combination.Estimate);
            json.Number("standard_error", combination.StandardError);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Cause(Utf8JsonWriter json, NonFiniteCause cause) => json.Object("non_finite_cause", () =>
    {
        json.WriteString("place", cause.Place);
        json.WriteString("parameter", cause.Parameter);
        json.WriteString("expression", cause.Expression);
        json.WriteString("reason", cause.Reason);
        json.WriteString("advice", cause.Advice);
    });

    private static void WritePredictions(Utf8JsonWriter json, RegressionPrediction prediction)
    {
        json.WriteStartArray("predictions");
        for (int row = 0; row < prediction.Values.Count; row++)
        {
            json.WriteStartObject();
            json.Number(FitPredictions.Predicted, prediction.Values[row]);
            json.Number(FitPredictions.StandardError, prediction.StandardErrors[row]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
