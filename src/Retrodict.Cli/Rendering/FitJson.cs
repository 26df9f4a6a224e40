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
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Number("residual_sum_of_squares", fit.ResidualSumOfSquares);
        json.Number("residual_standard_deviation", fit.ResidualStandardDeviation);
        json.WriteNumber("degrees_of_freedom", fit.DegreesOfFreedom);
        json.WriteNumber("rows", fit.Problem.Data.RowCount);
        json.Object("rows_left_out", () =>
        {
            json.WriteNumber("missing", fit.Problem.RowsWithMissingValues);
            json.WriteNumber("infinite_sigma", fit.Problem.RowsWithInfiniteSigma);
        });
        json.NonFinite(fit.Solution.Summary.NonFinite);
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
