using System.Globalization;
using Retrodict.Comparison;
using Spectre.Console;

namespace Retrodict.Cli.Rendering;

/// <summary>Several methods on the same instances, a row each.</summary>
internal static class ComparisonReport
{
    /// <summary>From this width on there is room for mean and total time.</summary>
    private const int WideEnough = 100;

    public static void Write(Page page, IReadOnlyList<SolveRun> runs, IReadOnlyList<SolveStatistics> statistics)
    {
        SolveCase first = runs[0].Case;
        bool learned = runs.Any(run => run.Results.Any(result => result.Summary.Learned is not null));
        page.Line(
            (first.Benchmark.ToString(), Page.Strong),
            (string.Create(
                CultureInfo.InvariantCulture,
                $"\n{first.Count} instances by {runs.Count} methods in turn, in {Format.Seconds(runs[0].Elapsed)} on "
                    + $"{Format.Threads(runs[0].Threads)}"), null));
        page.Line();
        List<(string, Justify)> columns =
        [
            ("method", Justify.Left),
            ("explained", Justify.Right),
            ("tolerance", Justify.Right),
            ("iterations", Justify.Right),
            ("RMSE_x", Justify.Right),
            ("median", Justify.Right),
        ];
        if (page.Width >= WideEnough)
        {
            columns.AddRange([("mean", Justify.Right), ("total", Justify.Right)]);
        }

        if (learned)
        {
            columns.Add(("safeguard", Justify.Right));
        }

        Table table = Page.Table([.. columns]);
        double fastest = statistics.Min(each => each.Microseconds.Median);
        for (int i = 0; i < runs.Count; i++)
        {
            SolveStatistics each = statistics[i];
            List<Text> row =
            [
                new(runs[i].Case.Solver.Name, Page.Strong),
                Rate(each.DiscrepancySuccess),
                Rate(each.ToleranceSuccess),
                new(Format.Exact(each.Iterations.Median)),
                new(Format.Number(each.RmseX)),
                new(Format.Microseconds(each.Microseconds.Median), each.Microseconds.Median == fastest ? Page.Good : null),
            ];
            if (page.Width >= WideEnough)
            {
                row.AddRange([new(Format.Microseconds(each.Microseconds.Mean)), new(Format.Microseconds(each.Microseconds.Total))]);
            }

            if (learned)
            {
                bool own = runs[i].Results.Any(result => result.Summary.Learned is not null);
                row.Add(new(own ? Format.Percent((double)each.Reasons.Values.Sum() / first.Count) : ""));
            }

            table.AddRow(row);
        }

        page.Write(table);
        page.Line();
        page.Line(
            $"explained: discrepancy <= {Format.Exact(SuccessRules.DiscrepancyLimit)}; tolerance: residual <= "
                + $"{Format.Exact(first.Tolerance)}; RMSE_x: mean; iterations: median",
            Page.Quiet);
        page.Line(
            page.Width >= WideEnough
                ? "median, mean, total: time of a solve, and of all of them one after the other"
                : "median: time of a solve",
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
