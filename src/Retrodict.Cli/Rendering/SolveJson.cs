using System.Text.Json;
using Retrodict.Comparison;

namespace Retrodict.Cli.Rendering;

/// <summary>The JSON of <c>solve</c>.</summary>
internal static class SolveJson
{
    /// <summary>One method's results, or those of several, as <c>runs</c>.</summary>
    public static void Write(TextWriter output, IReadOnlyList<SolveRun> runs, IReadOnlyList<SolveStatistics> statistics) =>
        Json.Document(output, json =>
    {
        json.WriteString("problem", runs[0].Case.Benchmark.Name);
        if (runs.Count == 1)
        {
            WriteRun(json, runs[0], statistics[0]);
            return;
        }

        json.WriteStartArray("runs");
        for (int i = 0; i < runs.Count; i++)
        {
            json.WriteStartObject();
            WriteRun(json, runs[i], statistics[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteRun(Utf8JsonWriter json, SolveRun run, SolveStatistics statistics)
    {
        json.WriteString("solver", run.Case.Solver.Name);
        json.WriteNumber("instances", run.Results.Count);
        json.Object("summary", () => WriteSummary(json, statistics));
        json.WriteStartArray("results");
        foreach (InstanceResult result in run.Results)
        {
            WriteResult(json, result);
        }

        json.WriteEndArray();
    }

    private static void WriteSummary(Utf8JsonWriter json, SolveStatistics statistics)
    {
        json.Number("success_tolerance", statistics.ToleranceSuccess);
        json.Number("success_discrepancy", statistics.DiscrepancySuccess);
        json.Number("rmse_x", statistics.RmseX);
        json.Number("residual", statistics.Residual);
        json.Number("median_iterations", statistics.Iterations.Median);
        json.Number("median_microseconds", statistics.Microseconds.Median);
        json.Number("mean_microseconds", statistics.Microseconds.Mean);
        json.Number("total_microseconds", statistics.Microseconds.Total);
        json.WriteNumber("learned_steps", statistics.LearnedSteps);
        json.WriteNumber("safeguard_steps", statistics.SafeguardSteps);
    }

    private static void WriteResult(Utf8JsonWriter json, InstanceResult result)
    {
        EvaluationCounts evaluations = result.Summary.Evaluations;
        json.WriteStartObject();
        json.WriteString("status", Names.Of(result.Summary.Status));
        json.WriteString("criterion", Names.Of(result.Summary.Criterion));
        json.WriteNumber("iterations", result.Summary.Iterations);
        json.Number("residual", result.Measures.Residual);
        json.Number("rmse_x", result.Measures.RmseX);
        json.Number("microseconds", result.Microseconds);
        json.Object("evaluations", () =>
        {
            json.WriteNumber("model", evaluations.Model);
            json.WriteNumber("jvp", evaluations.Jvp);
            json.WriteNumber("vjp", evaluations.Vjp);
            json.WriteNumber("reverse_map", evaluations.ReverseMap);
            json.WriteNumber("linear_solves", evaluations.LinearSolves);
        });
        if (result.Summary.Learned is { } learned)
        {
            json.Object("learned", () =>
            {
                json.WriteNumber("learned_steps", learned.LearnedSteps);
                json.WriteNumber("safeguard_steps", learned.SafeguardSteps);
                json.WriteString("safeguard_reason", Names.Of(learned.Reason));
                json.Number("rjcp_first", learned.FirstRjcp);
                json.Number("rjcp_mean", learned.MeanRjcp);
                json.Number("rjcp_max", learned.LargestRjcp);
            });
        }

        json.NonFinite(result.Summary.NonFinite);
        json.WriteEndObject();
    }
}
