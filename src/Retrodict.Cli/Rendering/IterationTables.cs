using Retrodict.Cli.Solving;
using Spectre.Console;

namespace Retrodict.Cli.Rendering;

/// <summary>What happened iteration by iteration, for the first instances. They are solved again for it, so that nothing slows down timed solves.</summary>
internal static class IterationTables
{
    public const int MaxInstances = 3;

    public static void Write(Page page, SolveCase solveCase, SolveRun run)
    {
        if (run.Cancelled)
        {
            return;
        }

        Session session = solveCase.Solver.Prepare(solveCase.Problem);
        for (int instance = 0; instance < Math.Min(MaxInstances, solveCase.Count); instance++)
        {
            SolveResult result = session.Solve(solveCase.Observations[instance], solveCase.Start(instance));
            page.Line($"instance {Format.Integer(instance)}: {Names.Of(result.Status)}, {Names.Of(result.Criterion)}", Page.Strong);
            page.Write(TableOf(result.History));
            page.Line();
        }

        if (solveCase.Count > MaxInstances)
        {
            page.Line($"iteration tables of the first {Format.Integer(MaxInstances)} instances; {Format.Integer(solveCase.Count - MaxInstances)} more were solved", Page.Quiet);
            page.Line();
        }
    }

    /// <summary>The table of one solve.</summary>
    public static Table TableOf(IReadOnlyList<IterationRecord> history)
    {
        Table table = Page.Table(
            ("iteration", Justify.Right),
            ("cost", Justify.Right),
            ("change", Justify.Right),
            ("gradient", Justify.Right),
            ("step", Justify.Right),
            ("factor", Justify.Right),
            ("ratio", Justify.Right),
            ("radius", Justify.Right),
            ("free", Justify.Right));
        foreach (IterationRecord record in history)
        {
            bool start = record.Iteration == 0;
            table.AddRow(
                Format.Integer(record.Iteration),
                record.Cost.ToString("0.000000e+00", System.Globalization.CultureInfo.InvariantCulture),
                start ? "" : Format.Scientific(record.CostChange),
                start ? "" : Format.Scientific(record.Gradient),
                start ? "" : Format.Scientific(record.Step),
                start ? "" : Format.Number(record.StepFactor),
                double.IsNaN(record.GainRatio) ? "" : Format.Number(record.GainRatio),
                double.IsNaN(record.Radius) ? "" : Format.Scientific(record.Radius),
                Format.Integer(record.Free));
        }

        return table;
    }
}
