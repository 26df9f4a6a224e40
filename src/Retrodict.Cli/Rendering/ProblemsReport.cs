using System.Globalization;
using Retrodict.Catalogue;
using Spectre.Console;

namespace Retrodict.Cli.Rendering;

/// <summary>The tables of <c>problems</c>.</summary>
internal static class ProblemsReport
{
    public static void WriteList(Page page, IReadOnlyList<BenchmarkProblem> problems)
    {
        Table table = Page.Table(
            ("name", Justify.Left),
            ("unknowns", Justify.Right),
            ("observations", Justify.Right),
            ("noise", Justify.Right),
            ("tolerance", Justify.Right),
            ("source", Justify.Left));
        table.Columns[^1].NoWrap = false;
        foreach (BenchmarkProblem problem in problems)
        {
            table.AddRow(
                new Text(problem.Name, Page.Good),
                new Text(Format.Integer(problem.Unknowns)),
                new Text(Format.Integer(problem.Observations)),
                new Text(ProblemFacts.NoiseText(problem)),
                new Text(Format.Exact(problem.Tolerance)),
                new Text(problem.Source));
        }

        page.Write(table);
        page.Line();
        page.Line("retrodict problems show NAME describes one, retrodict solve NAME solves its test data", Page.Quiet);
    }

    public static void WriteOne(Page page, BenchmarkProblem problem)
    {
        page.Line(problem.ToString(), Page.Strong);
        page.Line();
        ProblemStatistics statistics = problem.Statistics;
        Table table = Page.Table(("", Justify.Left), ("", Justify.Left));
        table.Columns[1].NoWrap = false;
        Add("source", problem.Source);
        Add("unknown x", $"{problem.UnknownShape}, in {ProblemFacts.BoundsText(problem)}");
        Add("observation y", $"{problem.ObservationShape}, y = F(x) + noise");
        Add("noise", $"standard deviation {ProblemFacts.NoiseText(problem)} in raw units of y");
        Add("tolerance", $"residual {Format.Exact(problem.Tolerance)}: root mean square of (F(x) - y) / y_std");
        Add("iterations", $"at most {Format.Integer(problem.MaxIterations)}");
        Add("start", ProblemFacts.StartText(problem));
        Add("recovery", $"RMSE_x is measured on {ProblemFacts.RecoveredText(problem)}");
        Add(
            "data",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{problem.Sizes.Train} train, {problem.Sizes.Validation} validation, {problem.Sizes.Test} test"));
        Add("x is drawn as", problem.Distribution);
        Add(
            "random streams",
            $"sample i of a split from stream '{problem.Name}/SPLIT' at i, its noise from the child 'noise'; seed "
                + $"{BenchmarkProblem.DefaultSeed} by default");
        page.Write(table);
        page.Line();
        page.Line("training data, range over the components");
        Table ranges = Page.Table(("", Justify.Left), ("mean", Justify.Left), ("standard deviation", Justify.Left));
        ranges.AddRow("x", Of(statistics.UnknownMean), Of(statistics.UnknownDeviation));
        ranges.AddRow("y without noise", Of(statistics.ObservationMean), Of(statistics.ObservationDeviation));
        page.Write(ranges);

        void Add(string name, string value) => table.AddRow(new Text(name), new Text(value));
    }

    private static string Of(ReadOnlySpan<double> values) => ProblemFacts.RangeText(ProblemFacts.Range(values));
}
