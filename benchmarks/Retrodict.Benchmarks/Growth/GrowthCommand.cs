using System.Diagnostics;
using System.Globalization;
using Retrodict.Autodiff;
using Retrodict.Comparison;

namespace Retrodict.Benchmarks;

/// <summary>The command <c>growth</c>: how the time of a solve grows with the number of unknowns, for dense and matrix-free
/// methods.</summary>
internal static class GrowthCommand
{
    private const string Help = """
        Times solves of one problem on ever finer grids, prints medians and shortest times, and draws the shortest.

        Usage: dotnet run -c Release --project benchmarks/Retrodict.Benchmarks -- growth [options]

          --markdown       print the section of docs/benchmarks.md
          --largest N      the largest number of unknowns, 64 to 65536 (default 4096)
          --plot FILE      where to draw (default docs/growth.svg)
          --help           this text
        """;

    private const int Smallest = 64;
    private const double LongestSeconds = 20;
    private const double SliceSeconds = 0.5;

    // A dense solve takes at most eight times as long for twice the unknowns, but for memory.
    private const double DenseGrowth = 8;

    // The same rule for all, so that they end at the same cost.
    private static readonly StoppingRule _rule =
        new() { GradientTolerance = 1e-6, StepTolerance = 1e-10, CostTolerance = 1e-10, MaxIterations = 2000 };

    private static readonly (string Name, Solver Solver, double Growth)[] _methods =
    [
        ("Levenberg-Marquardt, dense", new LevenbergMarquardt(), DenseGrowth),
        ("Levenberg-Marquardt, LSMR", new LevenbergMarquardt { LinearSolver = LinearSolver.Lsmr }, 2),
        ("Levenberg-Marquardt, CG", new LevenbergMarquardt { LinearSolver = LinearSolver.ConjugateGradients }, 2),
        ("Newton-CG", new NewtonCg(), 2),
        ("L-BFGS", new LBfgs(), 2),
    ];

    private readonly record struct Point(double Median, double Shortest, int Iterations, double Cost);

    public static int Run(IReadOnlyList<string> arguments)
    {
        int largest = 4096;
        string plot = Path.Combine("docs", "growth.svg");
        if (CommandArguments.Read(
            arguments,
            Help,
            out bool markdown,
            (
                "--largest",
                value => int.TryParse(
                    value, NumberStyles.None, CultureInfo.InvariantCulture, out largest) && largest is >= Smallest and <= 65536),
            ("--plot", value => (plot = value).Length > 0)) is { } code)
        {
            return code;
        }

        int[] sizes = [.. Enumerable.Range(0, 31).Select(k => 1L << k).Where(n => n >= Smallest && n <= largest).Select(n => (int)n)];
        Machine.Print(markdown);

        Console.WriteLine();
        Print(markdown, ["unknowns", .. _methods.Select(method => $"{method.Name}")]);
        if (markdown)
        {
            Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", _methods.Length + 1))}");
        }

        List<(double X, double Y)>[] lines = [.. _methods.Select(_ => new List<(double X, double Y)>())];
        var last = new Point?[_methods.Length];
        double spread = 0;
        foreach (int n in sizes)
        {
            for (int k = 0; k < _methods.Length; k++)
            {
                bool tooLong = (n > Smallest && last[k] is null)
                    || last[k] is { } before && before.Shortest * _methods[k].Growth > 1000 * LongestSeconds;
                last[k] = tooLong ? null : Measure(_methods[k].Solver, n);
                if (last[k] is { } point)
                {
                    lines[k].Add((n, point.Shortest));
                }
            }

            double[] costs = [.. last.OfType<Point>().Select(point => point.Cost)];
            spread = Math.Max(spread, (costs.Max() - costs.Min()) / costs.Min());
            Print(markdown, [n.ToString(CultureInfo.InvariantCulture), .. last.Select(Cell)]);
        }

        Console.WriteLine();
        Console.WriteLine("Median and shortest time of a solve in milliseconds on one thread, and its iterations.");
        Console.WriteLine(
            FormattableString.Invariant($"The final costs of the methods at one size differ by at most {spread:E1} of the lowest."));
        File.WriteAllText(
            plot,
            new LogLogPlot(
                "unknowns", "shortest time of a solve [ms]", [.. _methods.Zip(lines, (method, line) => (method.Name, line))]).ToSvg());
        return 0;
    }

    private static Point Measure(Solver solver, int n)
    {
        Session session = (solver with { Stopping = _rule, Team = ThreadTeam.SingleThread }).Prepare(GrowthProblem.Create(n));
        double[] observation = GrowthProblem.Observe(n);
        var start = new double[n];
        var solution = new double[n];
        SolveSummary summary = default;
        void Solve() => summary = session.Solve(observation, start, solution);
        long begin = Stopwatch.GetTimestamp();
        Solve();
        double first = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        if (first > LongestSeconds / 4)
        {
            return new Point(1000 * first, 1000 * first, summary.Iterations, summary.Cost);
        }

        Stopwatches.WarmUp(Solve);
        Distribution times = Distribution.Of(Stopwatches.Sample(Solve, SliceSeconds));
        return new Point(times.Median / 1000, times.Least / 1000, summary.Iterations, summary.Cost);
    }

    private static string Cell(Point? point) =>
        point is { } p ? $"{Number(p.Median)}, {Number(p.Shortest)} ({p.Iterations})" : "not run";

    private static string Number(double milliseconds) =>
        milliseconds.ToString(milliseconds >= 100 ? "F0" : "G3", CultureInfo.InvariantCulture);

    private static void Print(bool markdown, string[] cells) =>
        Console.WriteLine(markdown
            ? $"| {string.Join(" | ", cells)} |"
            : string.Concat(cells.Select((cell, i) => i == 0 ? cell.PadRight(10) : cell.PadLeft(50))));
}
