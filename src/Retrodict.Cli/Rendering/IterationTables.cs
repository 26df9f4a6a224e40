using System.Globalization;
using Retrodict.Comparison;
using Spectre.Console;

namespace Retrodict.Cli.Rendering;

/// <summary>What happened iteration by iteration, for the first instances. They are solved again for it, so that nothing slows down timed
/// solves.</summary>
internal static class IterationTables
{
    public const int MaxInstances = 3;

    public static void Write(Page page, SolveRun run)
    {
        if (run.Cancelled)
        {
            return;
        }

        SolveCase solveCase = run.Case;
        Session session = solveCase.Solver.Prepare(solveCase.Problem);
        for (int instance = 0; instance < Math.Min(MaxInstances, solveCase.Count); instance++)
        {
            SolveResult result = session.Solve(solveCase.Observation(instance), solveCase.Start(instance));
            page.Line($"instance {Format.Integer(instance)}: {Names.Of(result.Status)}, {Names.Of(result.Criterion)}", Page.Strong);
            page.Write(TableOf(result.History, solveCase.Problem.Unknowns));
            if (result.Summary.NonFinite is { } report)
            {
                page.Line(Describe(report), Page.Bad);
            }

            if (result.Summary.Learned is not null)
            {
                page.Line();
                page.Write(CertificateTable.Of(session.Certify(solveCase.Observation(instance), [.. result.X])));
            }

            page.Line();
        }

        if (solveCase.Count > MaxInstances)
        {
            page.Line(
                $"iteration tables of the first {Format.Integer(MaxInstances)} instances; {Format.Integer(solveCase.Count - MaxInstances)} "
                    + "more were solved",
                Page.Quiet);
            page.Line();
        }
    }

    /// <summary>The table of one solve. Columns that the method leaves empty are not there, nor is the number of free unknowns where all
    /// always were.</summary>
    public static Table TableOf(IReadOnlyList<IterationRecord> history, int unknowns)
    {
        bool trustRegion = history.Any(record => !double.IsNaN(record.Radius));
        (string Title, bool Shown, Func<IterationRecord, string> Cell)[] columns =
        [
            ("iteration", true, record => Format.Integer(record.Iteration)),
            ("cost", true, record => record.Cost.ToString("0.000000e+00", CultureInfo.InvariantCulture)),
            ("change", true, record => AfterStart(record, Format.Scientific(record.CostChange))),
            ("gradient", true, record => AfterStart(record, Format.Scientific(record.Gradient))),
            ("step", true, record => AfterStart(record, Format.Scientific(record.Step))),
            ("factor", !trustRegion, record => AfterStart(record, Format.Number(record.StepFactor))),
            (
                "ratio",
                history.Any(record => !double.IsNaN(record.GainRatio)),
                record => double.IsNaN(record.GainRatio) ? "" : Format.Number(record.GainRatio)),
            ("radius", trustRegion, record => double.IsNaN(record.Radius) ? "" : Format.Scientific(record.Radius)),
            ("free", history.Any(record => record.Free < unknowns), record => Format.Integer(record.Free)),
        ];
        (string Title, bool Shown, Func<IterationRecord, string> Cell)[] shown = [.. columns.Where(column => column.Shown)];
        Table table = Page.Table([.. shown.Select(column => (column.Title, Justify.Right))]);
        foreach (IterationRecord record in history)
        {
            table.AddRow([.. shown.Select(column => column.Cell(record))]);
        }

        return table;
    }

    private static string AfterStart(IterationRecord record, string cell) => record.Iteration == 0 ? "" : cell;

    /// <summary>Where a NaN or an infinity was met, in words.</summary>
    public static string Describe(NonFiniteReport report)
    {
        string where = report.Residual >= 0
            ? $"residual {Format.Integer(report.Residual)} (from 0)"
            : "the sum of squares or a derivative, with every residual finite";
        string when = report.Iteration == 0 ? "at the start" : $"in iteration {Format.Integer(report.Iteration)}";
        return $"not finite: first {when}, {where}; {Format.Integer(report.Evaluations)} "
            + $"{(report.Evaluations == 1 ? "evaluation" : "evaluations")} in all";
    }
}
