using System.Globalization;
using Retrodict.Catalogue;

namespace Retrodict.Benchmarks;

/// <summary>The command <c>learning</c>: trains the local inverse of each benchmark problem for several seeds and solves the test split
/// with it, beside the maximum a posteriori.</summary>
internal static class LearningCommand
{
    private const string Help = """
        Trains local inverses by their recipes and holds their solves against the maximum a posteriori on the same test data.

        Usage: dotnet run -c Release --project benchmarks/Retrodict.Benchmarks -- learning [options]

          --markdown       print the section of docs/benchmarks.md
          --problem NAME   one problem alone: heat-1d, heat-3d or oscillator
          --seeds N        how many seeds, 1 to 100 (default 3): 7, 8, 9, ...
          --help           this text
        """;

    private static readonly BenchmarkProblem[] _problems = [ProblemCatalogue.Heat1D, ProblemCatalogue.Heat3D, ProblemCatalogue.Oscillator];

    private static readonly string[] _columns =
    [
        "problem", "seed", "training [s]", "method", "tolerance", "discrepancy", "RMSE_x", "of MAP's", "iterations", "time [us]",
        "mean [us]", "total [ms]", "learned", "exact", "gain error",
    ];

    public static int Run(IReadOnlyList<string> arguments)
    {
        int seeds = 3;
        BenchmarkProblem[] problems = _problems;
        if (CommandArguments.Read(
            arguments,
            Help,
            out bool markdown,
            (
                "--seeds",
                value => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seeds) && seeds is >= 1 and <= 100),
            ("--problem", value => (problems = Array.FindAll(_problems, problem => problem.Name == value)).Length == 1)) is { } code)
        {
            return code;
        }

        Machine.Print(markdown);

        Console.WriteLine();
        Print(markdown, _columns);
        if (markdown)
        {
            Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", _columns.Length))}");
        }

        foreach (BenchmarkProblem problem in problems)
        {
            var study = new LearningStudy(problem);
            var rows = new List<LearningRow>();
            for (ulong seed = BenchmarkProblem.DefaultSeed; seed < BenchmarkProblem.DefaultSeed + (ulong)seeds; seed++)
            {
                foreach (LearningRow row in study.Run(seed))
                {
                    rows.Add(row);
                    Print(markdown, Cells(problem, seed.ToString(CultureInfo.InvariantCulture), row));
                }
            }

            foreach (IGrouping<string, LearningRow> method in rows.GroupBy(row => row.Method))
            {
                Print(markdown, Cells(problem, "mean", LearningRow.Mean([.. method])));
            }
        }

        return 0;
    }

    private static string[] Cells(BenchmarkProblem problem, string seed, LearningRow row) =>
    [
        problem.Name,
        seed,
        double.IsNaN(row.TrainingSeconds) ? "" : Text(row.TrainingSeconds, "F1"),
        row.Method,
        Text(row.ToleranceSuccess, "P1"),
        Text(row.DiscrepancySuccess, "P1"),
        Text(row.Rmse, "G4"),
        Text(row.RmseRatio, "F3"),
        Text(row.MedianIterations, "F0"),
        Text(row.MedianMicroseconds, "G3"),
        Text(row.MeanMicroseconds, "G3"),
        Text(row.TotalMicroseconds / 1000, "G3"),
        Text(row.LearnedSteps, "F2"),
        Text(row.ExactSteps, "F2"),
        double.IsNaN(row.GainError) ? "" : Text(row.GainError, "P1"),
    ];

    private static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);

    private static void Print(bool markdown, string[] cells) =>
        Console.WriteLine(markdown
            ? $"| {string.Join(" | ", cells)} |"
            : string.Concat(cells.Select((cell, i) => i is 0 or 3 ? $"  {cell,-24}" : cell.PadLeft(13))));
}
