using System.Diagnostics;
using System.Globalization;
using Retrodict.Randomness;

namespace Retrodict.Benchmarks;

/// <summary>Kills the command line at random moments and looks at what is left.</summary>
internal static class KillsCommand
{
    private const string Help = """
        Kills the command line at random moments, without a warning, and looks at what is left: trainings that are resumed must
        end at the same bits as one that nobody disturbed, and every file must be the old one or the new one, whole. Exit code 1
        where one is not.

        Usage: dotnet run -c Release --project benchmarks/Retrodict.Benchmarks -- kills [options]

          --count N        kills, 1 to 100000 (default 200), half of them in trainings
          --seed N         seed of the moments (default 7)
          --help           this text
        """;

    public static int Run(IReadOnlyList<string> arguments)
    {
        int count = 200;
        ulong seed = 7;
        if (CommandArguments.Read(
            arguments,
            Help,
            out _,
            ("--count", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count)
                && count is >= 1 and <= 100_000),
            ("--seed", text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed))) is { } code)
        {
            return code;
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("retrodict-kills-");
        try
        {
            var random = new RandomStream(seed, "kills");
            KillReport[] reports =
            [
                new KilledTraining(folder.CreateSubdirectory("train").FullName).Run(count - (count / 2), random.Child("train")),
                new KilledWriting(folder.CreateSubdirectory("data").FullName, KilledWriting.Data).Run(count / 4, random.Child("data")),
                new KilledWriting(folder.CreateSubdirectory("solve").FullName, KilledWriting.Solve)
                    .Run((count / 2) - (count / 4), random.Child("solve")),
            ];
            return Report(reports);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Report(KillReport[] reports)
    {
        Console.WriteLine($"{"killed",-20} {"kills",6} {"ended",6} {"lost",6}");
        foreach (KillReport report in reports)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{report.What,-20} {report.Kills,6} {report.Ended,6} {report.Losses.Count,6}"));
        }

        foreach (string loss in reports.SelectMany(report => report.Losses))
        {
            Console.WriteLine(loss);
        }

        return reports.Any(report => report.Losses.Count > 0) ? 1 : 0;
    }
}

/// <summary>What was left of work that was killed.</summary>
/// <param name="What">The work.</param>
/// <param name="Kills">How often it was killed.</param>
/// <param name="Ended">How often it came to its end instead, and was compared with work that nobody disturbed.</param>
/// <param name="Losses">What was lost, a sentence each.</param>
internal sealed record KillReport(string What, int Kills, int Ended, IReadOnlyList<string> Losses);
