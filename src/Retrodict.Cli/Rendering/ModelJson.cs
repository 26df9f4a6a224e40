using System.Text.Json;
using Retrodict.Comparison;
using Retrodict.Learning;

namespace Retrodict.Cli.Rendering;

/// <summary>The JSON of <c>train</c> and <c>inspect</c>.</summary>
internal static class ModelJson
{
    /// <summary>One line: where the model is, how long it took, and how good it is.</summary>
    public static void WriteTrained(TextWriter output, string? path, TimeSpan elapsed, ModelAssessment? assessment) =>
        Json.Line(output, json =>
    {
        json.WriteString("model", path);
        json.Number("seconds", Math.Round(elapsed.TotalSeconds, 3));
        WriteAssessment(json, assessment);
    });

    public static void WriteInspected(
        TextWriter output,
        string path,
        DeceptronModel model,
        string? mismatch,
        ModelAssessment? assessment) => Json.Document(output, json =>
    {
        json.WriteString("model", path);
        json.WriteString("problem", model.Problem);
        json.WriteString("mismatch", mismatch);
        json.Integers("unknown_shape", model.Shapes.Unknown);
        json.Integers("observation_shape", model.Shapes.Observation);
        json.WriteString("mode", ModelFacts.Mode(model));
        json.WriteString("architecture", model.Architecture.Name);
        json.Object("parameters", () =>
        {
            json.WriteNumber("reverse", model.ReverseParameters.Length);
            json.WriteNumber("gain", model.GainParameters?.Length ?? 0);
            json.WriteNumber("forward", model.ForwardParameters?.Length ?? 0);
        });
        json.WriteString("form", Names.Of(model.Form));
        json.Object("training", () =>
        {
            foreach ((string key, string value) in model.Training.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, value);
            }
        });
        json.Object("safeguard", () =>
        {
            json.Number("rjcp", model.Calibration?.CompositionThreshold ?? double.NaN);
            json.Number("discrepancy", model.Calibration?.DiscrepancyThreshold ?? double.NaN);
        });
        WriteAssessment(json, assessment);
    });

    private static void WriteAssessment(Utf8JsonWriter json, ModelAssessment? assessment)
    {
        json.Number("rjcp", assessment?.Rjcp ?? double.NaN);
        if (assessment is null)
        {
            json.WriteNull("validation");
            return;
        }

        json.Object("validation", () =>
        {
            json.WriteNumber("instances", assessment.Instances);
            json.Number("rmse_x", assessment.RmseX);
            json.Number("discrepancy", assessment.Discrepancy);
            json.Number("residual", assessment.Residual);
            json.Number("composition_error", assessment.CompositionError);
            json.Number("gain_error", assessment.GainError);
        });
    }
}
