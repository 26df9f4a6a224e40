using System.Text.Json;
using Retrodict.Cli.Solving;

namespace Retrodict.Cli.Rendering;

/// <summary>The JSON of <c>solve</c>.</summary>
internal static class SolveJson
{
    public static void Write(TextWriter output, SolveCase solveCase, SolveRun run, SolveStatistics statistics) => Json.Document(output, json =>
    {
        json.WriteString("problem", solveCase.Benchmark.Name);
        json.WriteString("solver", solveCase.Solver.Name);
        json.WriteNumber("instances", run.Results.Length);
        json.Object("summary", () => WriteSummary(json, statistics));
        json.WriteStartArray("results");
        foreach (InstanceResult result in run.Results)
        {
            WriteResult(json, result);
        }

        json.WriteEndArray();
    });

    private static void WriteSummary(Utf8JsonWriter json, SolveStatistics statistics)
    {
        json.Number("success_tolerance", statistics.ToleranceSuccess);
        json.Number("success_discrepancy", statistics.DiscrepancySuccess);
        json.Number("rmse_x", statistics.RmseX);
        json.Number("residual", statistics.Residual);
        json.Number("median_iterations", statistics.MedianIterations);
        json.Number("median_microseconds", statistics.MedianMicroseconds);

        // Steps of a learned reverse map, which classical methods do not have.
        json.WriteNumber("learned_steps", 0);
        json.WriteNumber("safeguard_steps", 0);
    }

    private static void WriteResult(Utf8JsonWriter json, InstanceResult result)
    {
        EvaluationCounts evaluations = result.Summary.Evaluations;
        json.WriteStartObject();
        json.WriteString("status", Names.Of(result.Summary.Status));
        json.WriteString("criterion", Names.Of(result.Summary.Criterion));
        json.WriteNumber("iterations", result.Summary.Iterations);
        json.Number("residual", result.Residual);
        json.Number("rmse_x", result.RmseX);
        json.Number("microseconds", result.Microseconds);
        json.Object("evaluations", () =>
        {
            json.WriteNumber("model", evaluations.Model);
            json.WriteNumber("jvp", evaluations.Jvp);
            json.WriteNumber("vjp", evaluations.Vjp);
            json.WriteNumber("reverse_map", evaluations.ReverseMap);
            json.WriteNumber("linear_solves", evaluations.LinearSolves);
        });
        json.NonFinite(result.Summary.NonFinite);
        json.WriteEndObject();
    }
}
