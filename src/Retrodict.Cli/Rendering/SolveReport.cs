using System.Globalization;
using Retrodict.Cli.Solving;
using Spectre.Console;

namespace Retrodict.Cli.Rendering;

/// <summary>The result of <c>solve</c> for people: the first instances, a summary, and a picture of a typical one where it can be drawn.</summary>
internal static class SolveReport
{
    private const int MaxInstances = 10;

    /// <summary>From this width on there is room for the criterion.</summary>
    private const int WideEnough = 90;

    public static void Write(Page page, SolveCase solveCase, SolveRun run, SolveStatistics statistics, string? file)
    {
        page.Line(
            (solveCase.Benchmark.ToString(), Page.Strong),
            (string.Create(
                CultureInfo.InvariantCulture,
                $"\n{run.Results.Length} instances by {solveCase.Solver.Name} in {Format.Seconds(run.Elapsed)} on {run.Threads} {(run.Threads == 1 ? "thread" : "threads")}"), null));
        page.Line();
        page.Write(Instances(solveCase, run, withCriterion: page.Width >= WideEnough));
        if (run.Results.Length > MaxInstances)
        {
            page.Line($"… {Format.Integer(run.Results.Length - MaxInstances)} more, --out or --json for all", Page.Quiet);
        }

        page.Line();
        page.Write(Summary(solveCase, run, statistics));
        WritePicture(page, solveCase, run);
        if (file is not null)
        {
            page.Line();
            page.Line($"written: {file}");
        }
    }

    private static Table Instances(SolveCase solveCase, SolveRun run, bool withCriterion)
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
        for (int i = 0; i < Math.Min(MaxInstances, run.Results.Length); i++)
        {
            InstanceResult result = run.Results[i];
            List<Text> row =
            [
                new(Format.Integer(i)),
                new(Names.Of(result.Summary.Status), result.Summary.Status == SolveStatus.Converged ? Page.Good : Page.Bad),
                new(Names.Of(result.Summary.Criterion)),
                new(Format.Integer(result.Summary.Iterations)),
                Judged(result.Residual, solveCase.Tolerance),
                Judged(result.Discrepancy, SolveCase.DiscrepancyLimit),
                new(Format.Number(result.RmseX)),
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

    private static Table Summary(SolveCase solveCase, SolveRun run, SolveStatistics statistics)
    {
        Table table = Page.Table(("", Justify.Left), ("", Justify.Right), ("", Justify.Left));
        InstanceResult[] begun = [.. run.Results.Where(result => !double.IsNaN(result.Microseconds))];
        string Spread(Func<InstanceResult, double> measure, Func<double, string> format) =>
            begun.Length == 0 ? "" : $"median, {format(begun.Min(measure))} to {format(begun.Max(measure))}";

        string statuses = string.Join(", ", run.Results.GroupBy(result => result.Summary.Status).OrderBy(group => group.Key)
            .Select(group => $"{Format.Integer(group.Count())} {Names.Of(group.Key)}"));
        Rate("residual within tolerance", statistics.ToleranceSuccess, $"residual <= {Format.Exact(solveCase.Tolerance)}");
        Rate("explains the measurement", statistics.DiscrepancySuccess, $"discrepancy <= {Format.Exact(SolveCase.DiscrepancyLimit)}");
        table.AddRow("RMSE_x", Format.Number(statistics.RmseX), solveCase.Truth is null ? "no --truth given" : $"mean, in units of {ProblemFacts.RecoveredText(solveCase.Benchmark)}");
        table.AddRow("residual", Format.Number(statistics.Residual), "mean, in standard deviations of y");
        table.AddRow("iterations", Format.Exact(statistics.MedianIterations), Spread(result => result.Summary.Iterations, Format.Exact));
        if (begun.Any(result => result.Summary.Learned is not null))
        {
            table.AddRow("learned steps", Format.Integer(statistics.LearnedSteps), "of all instances");
            table.AddRow("safeguard steps", Format.Integer(statistics.SafeguardSteps), statistics.Reasons.Count == 0 ? "learned steps were enough everywhere" : $"learned steps ended: {Names.Of(statistics.Reasons)}");
        }

        table.AddRow("time per solve", Format.Microseconds(statistics.MedianMicroseconds), Spread(result => result.Microseconds, Format.Microseconds));
        table.AddRow("status", "", statuses);
        return table;

        void Rate(string name, double fraction, string rule) => table.AddRow(
            new Text(name), new Text(Format.Percent(fraction), fraction == 1 ? Page.Good : null), new Text(rule));
    }

    /// <summary>Unknowns along a line are drawn: the instance in the middle by RMSE_x, or the first one without truth.</summary>
    private static void WritePicture(Page page, SolveCase solveCase, SolveRun run)
    {
        int n = solveCase.Problem.Unknowns;
        int[] begun = [.. Enumerable.Range(0, run.Results.Length).Where(i => !double.IsNaN(run.Results[i].Microseconds))];
        if (solveCase.Benchmark.UnknownShape.Rank != 1 || n < 16 || begun.Length == 0)
        {
            return;
        }

        bool known = solveCase.Truth is not null;
        int chosen = known ? begun.OrderBy(i => run.Results[i].RmseX).ElementAt((begun.Length - 1) / 2) : begun[0];
        ReadOnlySpan<double> estimate = run.X.AsSpan(chosen * n, n);
        ReadOnlySpan<double> truth = known ? solveCase.Truth![chosen] : [];
        (double low, double high) = ProblemFacts.Range([.. estimate, .. truth]);
        page.Line();
        page.Line(
            ($"instance {Format.Integer(chosen)}", Page.Strong),
            (known ? $", the median by RMSE_x ({Format.Number(run.Results[chosen].RmseX)}): █ estimate, ● truth" : ": estimate of x", null));
        CurvePlot.Write(page, estimate, truth, Math.Min(low, 0), high);
    }
}
