using System.Globalization;
using Retrodict.Comparison;

namespace Retrodict.Benchmarks;

/// <summary>The command <c>builds</c>: whether one build of this program is slower than another.</summary>
internal static class BuildsCommand
{
    private const string Help = """
        Runs the table's cases of two builds of this program in turn and prints, case by case, how much longer the new one takes.

        Usage: dotnet run -c Release --project benchmarks/Retrodict.Benchmarks -- builds --old DLL [--new DLL] [options]

          --old DLL        Retrodict.Benchmarks.dll of the old build; benchmarks/compare-builds.sh makes it from a revision
          --new DLL        that of the new build (default: this program)
          --rounds N       how often each build runs, 1 to 99 (default 9)
          --seconds S      time for a case in a round, 0.01 to 10 (default 0.1)
          --only TEXT      only cases and sections with that in their name
          --markdown       as a table of Markdown
          --help           this text

        Exit code 1 where a case of 10 us or more has a median ratio above 1.03, or the geometric mean of all is not within 0.99 and 1.01.
        """;

    // Shorter cases are timed too, but a few nanoseconds of where code lies in memory would decide on them.
    private const double LeastMicroseconds = 10;
    private const double WorstRatio = 1.03;
    private const double MeanTolerance = 0.01;

    public static int Run(IReadOnlyList<string> arguments)
    {
        string old = "";
        string current = typeof(BuildsCommand).Assembly.Location;
        string only = "";
        int rounds = 9;
        double seconds = 0.1;
        if (CommandArguments.Read(
            arguments,
            Help,
            out bool markdown,
            ("--old", value => File.Exists(old = value)),
            ("--new", value => File.Exists(current = value)),
            ("--only", value => (only = value).Length > 0),
            (
                "--rounds",
                value => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out rounds) && rounds is >= 1 and <= 99),
            ("--seconds", value =>
                double.TryParse(
                    value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds) && seconds is >= 0.01 and <= 10))
            is { } code)
        {
            return code;
        }

        if (old.Length == 0)
        {
            Console.Error.WriteLine("--old is missing: the Retrodict.Benchmarks.dll of the build to compare with.");
            return 2;
        }

        var before = new BuildTimes(old, only, seconds);
        var after = new BuildTimes(current, only, seconds);
        for (int round = 0; round < rounds; round++)
        {
            // Who begins changes from round to round, as does the state of the machine that the other leaves behind.
            (BuildTimes first, BuildTimes second) = round % 2 == 0 ? (before, after) : (after, before);
            first.TakeRound();
            second.TakeRound();
            Console.Error.WriteLine($"round {round + 1} of {rounds}");
        }

        return Print(before, after, rounds, seconds, markdown);
    }

    private static int Print(BuildTimes before, BuildTimes after, int rounds, double seconds, bool markdown)
    {
        Machine.Print(markdown);
        string measured = FormattableString.Invariant($"{rounds} rounds of {seconds} s a case for each build, in turn");
        Console.WriteLine(markdown ? $"- measured: {measured}" : $"measured         {measured}");
        Console.WriteLine();
        Row(markdown, "case", "old, us", "new, us", "ratio", "quartiles");
        if (markdown)
        {
            Console.WriteLine("|---|---|---|---|---|");
        }

        var slower = new List<string>();
        double logarithms = 0;
        string[] cases = [.. before.Cases.Where(name => after.Of(name).Count > 0)];
        foreach (string name in cases)
        {
            (IReadOnlyList<double> then, IReadOnlyList<double> now) = (before.Of(name), after.Of(name));
            Distribution ratio = Distribution.Of(now.Zip(then, (mine, other) => mine / other));
            (double oldTime, double newTime) = (Distribution.Of(then).Median, Distribution.Of(now).Median);
            logarithms += Math.Log(ratio.Median);
            if (oldTime >= LeastMicroseconds && ratio.Median > WorstRatio)
            {
                slower.Add(name);
            }

            Row(
                markdown,
                name,
                Number(oldTime, "F2"),
                Number(newTime, "F2"),
                Number(ratio.Median, "F3"),
                $"{Number(ratio.Lower, "F3")} to {Number(ratio.Upper, "F3")}");
        }

        double mean = Math.Exp(logarithms / cases.Length);
        Console.WriteLine();
        Console.WriteLine(FormattableString.Invariant($"{cases.Length} cases; geometric mean of the ratios {mean:F4}"));
        Console.WriteLine(slower.Count == 0
            ? FormattableString.Invariant($"no case of {LeastMicroseconds} us or more has a median ratio above {WorstRatio}")
            : FormattableString.Invariant($"median ratio above {WorstRatio}: {string.Join("; ", slower)}"));
        foreach (string name in before.Cases.Except(cases).Concat(after.Cases.Except(before.Cases)))
        {
            Console.WriteLine($"in one build only: {name}");
        }

        return slower.Count == 0 && Math.Abs(mean - 1) <= MeanTolerance ? 0 : 1;
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static void Row(bool markdown, string name, params string[] cells) => Console.WriteLine(
        markdown ? $"| {name} | {string.Join(" | ", cells)} |" : name.PadRight(92) + string.Concat(cells.Select(cell => cell.PadLeft(17))));
}
