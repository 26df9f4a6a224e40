using System.Globalization;
using Retrodict.Comparison;
using Spectre.Console;

namespace Retrodict.Cli.Rendering;

/// <summary>The result of <c>solve</c> for people: the first instances, a summary, and a picture of a typical one where it can be
/// drawn.</summary>
internal static class SolveReport
{
    private const int MaxInstances = 10;

    /// <summary>From this width on there is room for the criterion.</summary>
    private const int WideEnough = 90;

    public static void Write(Page page, SolveRun run, SolveStatistics statistics, string? file)
    {
        page.Line(
            (run.Case.Benchmark.ToString(), Page.Strong),
            (string.Create(
                CultureInfo.InvariantCulture,
                $"\n{run.Results.Count} instances by {run.Case.Solver.Name} in {Format.Seconds(run.Elapsed)} on "
                    + $"{Format.Threads(run.Threads)}"), null));
        page.Line();
        page.Write(Instances(run, withCriterion: page.Width >= WideEnough));
        if (run.Results.Count > MaxInstances)
        {
            page.Line($"… {Format.Integer(run.Results.Count - MaxInstances)} more, --out or --json for all", Page.Quiet);
        }

        page.Line();
        page.Write(Summary(run, statistics));
        WritePicture(page, run);
        if (file is not null)
        {
            page.Line();
            page.Line($"written: {file}");
        }
    }

    private static Table Instances(SolveRun run, bool withCriterion)
    {
        List<(string, Justify)> columns =
        [
            ("instance", Justify.Right),
            ("status", Justify.Left),
            ("criterion", Justify.Left),
            ("iterations", Justify.Right),
            ("residual", Justify.Right),
            ("discrepancy", Justify.Right),
            ("RMSE_x", Justify.Right),
            ("time", Justify.Right),
        ];
        // Of a learned inverse, why its steps ended takes the criterion's place.
        const int Criterion = 2, Iterations = 3;
        bool learned = run.Results.Any(result => result.Summary.Learned is not null);
        if (learned)
        {
            (columns[Criterion], columns[Iterations]) = (("learned until", Justify.Left), ("learned + LM", Justify.Right));
        }

        if (!withCriterion)
        {
            columns.RemoveAt(Criterion);
        }

        Table table = Page.Table([.. columns]);
        for (int i = 0; i < Math.Min(MaxInstances, run.Results.Count); i++)
        {
            InstanceResult result = run.Results[i];
            List<Text> row =
            [
                new(Format.Integer(i)),
                new(Names.Of(result.Summary.Status), result.Summary.Status == SolveStatus.Converged ? Page.Good : Page.Bad),
                new(Names.Of(result.Summary.Criterion)),
                new(Format.Integer(result.Summary.Iterations)),
                Judged(result.Measures.Residual, run.Case.Tolerance),
                Judged(result.Measures.Discrepancy, SuccessRules.DiscrepancyLimit),
                new(Format.Number(result.Measures.RmseX)),
                new(Format.Microseconds(result.Microseconds)),
            ];
            if (learned)
            {
                LearnedReport report = result.Summary.Learned ?? default;
                row[Criterion] = new(report.Reason == SafeguardReason.None ? "the end" : Names.Of(report.Reason));
                row[Iterations] = new($"{Format.Integer(report.LearnedSteps)} + {Format.Integer(report.SafeguardSteps)}");
            }

            if (!withCriterion)
            {
                row.RemoveAt(Criterion);
            }

            table.AddRow(row);
        }

        return table;
    }

    private static Text Judged(double value, double limit) => new(Format.Number(value), value <= limit ? null : Page.Bad);

    private static Table Summary(SolveRun run, SolveStatistics statistics)
    {
        Table table = Page.Table(("", Justify.Left), ("", Justify.Right), ("", Justify.Left));
        InstanceResult[] begun = [.. run.Results.Where(result => result.IsBegun)];
        static string Spread(Distribution measures, Func<double, string> format) =>
            measures.Count == 0 ? "" : $"median, {format(measures.Least)} to {format(measures.Greatest)}";

        string statuses = string.Join(", ", run.Results.GroupBy(result => result.Summary.Status).OrderBy(group => group.Key)
            .Select(group => $"{Format.Integer(group.Count())} {Names.Of(group.Key)}"));
        Rate("residual within tolerance", statistics.ToleranceSuccess, $"residual <= {Format.Exact(run.Case.Tolerance)}");
        Rate("explains the measurement", statistics.DiscrepancySuccess, $"discrepancy <= {Format.Exact(SuccessRules.DiscrepancyLimit)}");
        table.AddRow(
            "RMSE_x",
            Format.Number(statistics.RmseX),
            run.Case.Instances.Truth is null ? "no --truth given" : $"mean, in units of {ProblemFacts.RecoveredText(run.Case.Benchmark)}");
        table.AddRow("residual", Format.Number(statistics.Residual), "mean, in standard deviations of y");
        table.AddRow("iterations", Format.Exact(statistics.Iterations.Median), Spread(statistics.Iterations, Format.Exact));
        if (begun.Any(result => result.Summary.Learned is not null))
        {
            table.AddRow("learned steps", Format.Integer(statistics.LearnedSteps), "of all instances");
            table.AddRow(
                "safeguard steps",
                Format.Integer(statistics.SafeguardSteps),
                statistics.Reasons.Count == 0
                    ? "learned steps were enough everywhere"
                    : $"learned steps ended: {Names.Of(statistics.Reasons)}");
        }

        Distribution time = statistics.Microseconds;
        table.AddRow("time per solve", Format.Microseconds(time.Median), Spread(time, Format.Microseconds));
        table.AddRow("mean time per solve", Format.Microseconds(time.Mean), $"total {Format.Microseconds(time.Total)}");
        table.AddRow("status", "", statuses);
        return table;

        void Rate(string name, double fraction, string rule) => table.AddRow(
            new Text(name), new Text(Format.Percent(fraction), fraction == 1 ? Page.Good : null), new Text(rule));
    }

    /// <summary>Unknowns along a line are drawn: the instance in the middle by RMSE_x, or the first one without truth.</summary>
    private static void WritePicture(Page page, SolveRun run)
    {
        int n = run.Case.Problem.Unknowns;
        int[] begun = [.. Enumerable.Range(0, run.Results.Count).Where(i => run.Results[i].IsBegun)];
        if (run.Case.Benchmark.UnknownShape.Rank != 1 || n < 16 || begun.Length == 0)
        {
            return;
        }

        RowTable? truths = run.Case.Instances.Truth;
        int chosen = truths is not null ? begun.OrderBy(i => run.Results[i].Measures.RmseX).ElementAt((begun.Length - 1) / 2) : begun[0];
        ReadOnlySpan<double> estimate = run.X[chosen];
        ReadOnlySpan<double> truth = truths is not null ? truths[chosen] : [];
        (double low, double high) = ProblemFacts.Range([.. estimate, .. truth]);
        page.Line();
        page.Line(
            ($"instance {Format.Integer(chosen)}", Page.Strong),
            (
                truths is null
                    ? ": estimate of x"
                    : $", the median by RMSE_x ({Format.Number(run.Results[chosen].Measures.RmseX)}): █ estimate, ● truth",
                null));
        CurvePlot.Write(page, estimate, truth, Math.Min(low, 0), high);
    }
}
