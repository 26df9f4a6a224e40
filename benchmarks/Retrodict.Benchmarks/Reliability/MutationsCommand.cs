using System.Globalization;
using Retrodict.Reliability;

namespace Retrodict.Benchmarks;

/// <summary>Gives every reader damaged inputs and prints what it did with them.</summary>
internal static class MutationsCommand
{
    private const string Help = """
        Gives every reader damaged inputs: arrays, archives, tables, formulas, addresses, tensors, models and checkpoints. Each
        must be read or refused with an exception that the reader's documentation names, within ten seconds. Exit code 1 where
        one is not.

        Usage: dotnet run -c Release --project benchmarks/Retrodict.Benchmarks -- mutations [options]

          --count N        inputs in all, 100 to 1000000000 (default 500000)
          --seed N         seed of the damage (default 7)
          --reader NAME    only readers whose names begin so
          --help           this text
        """;

    public static int Run(IReadOnlyList<string> arguments)
    {
        int count = 500_000;
        ulong seed = 7;
        string only = "";
        if (CommandArguments.Read(
            arguments,
            Help,
            out _,
            ("--count", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count)
                && count is >= 100 and <= 1_000_000_000),
            ("--seed", text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed)),
            ("--reader", text => (only = text).Length > 0)) is { } code)
        {
            return code;
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("retrodict-mutations-");
        try
        {
            MutatedReader[] readers = [.. MutatedReaders.All(folder.FullName)
                .Where(reader => reader.Name.StartsWith(only, StringComparison.Ordinal))];
            if (readers.Length == 0)
            {
                Console.Error.WriteLine($"No reader's name begins with '{only}'.");
                return 2;
            }

            return Report(Try(readers, (count + readers.Length - 1) / readers.Length, seed), seed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static MutationRun[] Try(MutatedReader[] readers, int each, ulong seed)
    {
        var runs = new MutationRun[readers.Length];
        Parallel.For(0, readers.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            runs[i] = MutationRun.Of(readers[i], each, seed);
            Console.Error.WriteLine($"{readers[i].Name}: {each} inputs");
        });
        return runs;
    }

    private static int Report(MutationRun[] runs, ulong seed)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{"reader",-32} {"inputs",9} {"read",9} {"refused",9} {"failures",9} {"slowest, ms",12}"));
        foreach (MutationRun run in runs)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{run.Reader,-32} {run.Inputs,9} {run.Taken,9} {run.Refused,9} {run.Failures.Count,9} "
                    + $"{run.Slowest.TotalMilliseconds,12:F1}"));
        }

        foreach (MutationRun run in runs)
        {
            foreach ((int input, string what) in run.Failures.Take(10))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Reader}, input {input} of seed {seed}: {what}"));
            }
        }

        int failures = runs.Sum(run => run.Failures.Count);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{runs.Sum(run => (long)run.Inputs)} inputs, {failures} failures"));
        return failures == 0 ? 0 : 1;
    }
}
