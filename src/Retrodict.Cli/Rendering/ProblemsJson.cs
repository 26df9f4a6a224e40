using System.Text.Json;
using Retrodict.Catalogue;

namespace Retrodict.Cli.Rendering;

/// <summary>The JSON of <c>problems</c>.</summary>
internal static class ProblemsJson
{
    public static void WriteList(TextWriter output, IReadOnlyList<BenchmarkProblem> problems) => Json.Document(output, json =>
    {
        json.WriteStartArray("problems");
        foreach (BenchmarkProblem problem in problems)
        {
            json.WriteStartObject();
            WriteHead(json, problem);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static void WriteOne(TextWriter output, BenchmarkProblem problem) => Json.Document(output, json =>
    {
        WriteHead(json, problem);
        json.Integers("unknown_shape", problem.UnknownShape);
        json.Integers("observation_shape", problem.ObservationShape);
        (double[] lower, double[] upper) = ProblemFacts.Bounds(problem);
        json.Object("bounds", () =>
        {
            json.Numbers("lower", lower);
            json.Numbers("upper", upper);
        });
        json.WriteNumber("max_iterations", problem.MaxIterations);
        json.Numbers("start", problem.Start);
        json.WriteStartArray("recovered_quantities");
        foreach (string name in problem.RecoveredQuantities)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.Object("splits", () =>
        {
            json.WriteNumber("train", problem.Sizes.Train);
            json.WriteNumber("validation", problem.Sizes.Validation);
            json.WriteNumber("test", problem.Sizes.Test);
        });
        json.WriteString("distribution", problem.Distribution);
        json.WriteString("stream", $"{problem.Name}/SPLIT");
        json.WriteNumber("default_seed", BenchmarkProblem.DefaultSeed);
        json.Object("statistics", () =>
        {
            Range("x_mean", problem.Statistics.UnknownMean);
            Range("x_std", problem.Statistics.UnknownDeviation);
            Range("y_mean", problem.Statistics.ObservationMean);
            Range("y_std", problem.Statistics.ObservationDeviation);
        });

        void Range(string name, ReadOnlySpan<double> values)
        {
            (double least, double greatest) = ProblemFacts.Range(values);
            json.Numbers(name, least, greatest);
        }
    });

    private static void WriteHead(Utf8JsonWriter json, BenchmarkProblem problem)
    {
        (double least, double greatest) = ProblemFacts.Noise(problem);
        json.WriteString("name", problem.Name);
        json.WriteString("title", problem.Title);
        json.WriteString("source", problem.Source);
        json.WriteNumber("unknowns", problem.Unknowns);
        json.WriteNumber("observations", problem.Observations);
        if (least == greatest)
        {
            json.Number("noise", least);
        }
        else
        {
            json.Numbers("noise", least, greatest);
        }

        json.Number("tolerance", problem.Tolerance);
    }
}
