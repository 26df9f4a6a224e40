using System.Globalization;
using Retrodict.Cli.Solving;
using Spectre.Console;

namespace Retrodict.Cli.Rendering;

/// <summary>Several methods on the same instances, a row each.</summary>
internal static class ComparisonReport
{
    public static void Write(Page page, IReadOnlyList<SolveCase> cases, IReadOnlyList<SolveRun> runs, IReadOnlyList<SolveStatistics> statistics)
    {
        SolveCase first = cases[0];
        bool learned = runs.Any(run => run.Results.Any(result => result.Summary.Learned is not null));
        page.Line(
            (first.Benchmark.ToString(), Page.Strong),
            (string.Create(
                CultureInfo.InvariantCulture,
                $"\n{first.Count} instances by {cases.Count} methods in turn, in {Format.Seconds(runs[0].Elapsed)} on {runs[0].Threads} {(runs[0].Threads == 1 ? "thread" : "threads")}"), null));
        page.Line();
        List<(string, Justify)> columns =
        [
            ("method", Justify.Left),
            ("explained", Justify.Right),
            ("tolerance", Justify.Right),
            ("iterations", Justify.Right),
            ("RMSE_x", Justify.Right),
            ("time", Justify.Right),
        ];
        if (learned)
        {
            columns.Add(("safeguard", Justify.Right));
        }

        Table table = Page.Table([.. columns]);
        double fastest = statistics.Min(each => each.MedianMicroseconds);
        for (int i = 0; i < cases.Count; i++)
        {
            SolveStatistics each = statistics[i];
            List<Text> row =
            [
                new(cases[i].Solver.Name, Page.Strong),
                Rate(each.DiscrepancySuccess),
                Rate(each.ToleranceSuccess),
                new(Format.Exact(each.MedianIterations)),
                new(Format.Number(each.RmseX)),
                new(Format.Microseconds(each.MedianMicroseconds), each.MedianMicroseconds == fastest ? Page.Good : null),
            ];
            if (learned)
            {
                row.Add(new(runs[i].Results.Any(result => result.Summary.Learned is not null) ? Format.Percent((double)each.Reasons.Values.Sum() / first.Count) : ""));
            }

            table.AddRow(row);
        }

        page.Write(table);
        page.Line();
        page.Line(
            $"explained: discrepancy <= {Format.Exact(SolveCase.DiscrepancyLimit)}; tolerance: residual <= {Format.Exact(first.Tolerance)}; RMSE_x: mean; iterations, time of a solve: medians",
            Page.Quiet);
        if (learned)
        {
            page.Line("safeguard: instances in which learned steps ended before the solve did, and why", Page.Quiet);
            foreach (SolveStatistics each in statistics.Where(each => each.Reasons.Count > 0))
            {
                page.Line($"  {Names.Of(each.Reasons)}", Page.Quiet);
            }
        }
    }

    private static Text Rate(double fraction) => new(Format.Percent(fraction), fraction == 1 ? Page.Good : null);
}
