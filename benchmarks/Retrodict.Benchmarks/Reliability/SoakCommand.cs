using System.Diagnostics;
using System.Globalization;

namespace Retrodict.Benchmarks;

/// <summary>Solves, fits, batches and estimates for a long time and looks at bits and memory.</summary>
internal static class SoakCommand
{
    private const string Help = """
        Solves, fits, batches and trains the same work again and again on all threads, with new sessions each round. Every round
        must give the bits of the first, and after a tenth of the time memory must not grow. Exit code 1 where either is not so.

        Usage: dotnet run -c Release --project benchmarks/Retrodict.Benchmarks -- soak [options]

          --minutes M      how long, 0.1 to 10000 (default 60)
          --help           this text
        """;

    // Heaps breathe: what a collection leaves varies by caches that come and go, and compiled code and stacks settle for minutes.
    private const double GrowthAllowed = 1.1;

    public static int Run(IReadOnlyList<string> arguments)
    {
        double minutes = 60;
        if (CommandArguments.Read(
            arguments,
            Help,
            out _,
            ("--minutes", text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out minutes)
                && minutes is >= 0.1 and <= 10_000)) is { } code)
        {
            return code;
        }

        var total = TimeSpan.FromMinutes(minutes);
        var samples = new List<SoakSample>();
        ulong expected = SoakRound.Digest();
        long rounds = 1;
        long different = 0;
        long start = Stopwatch.GetTimestamp();
        for (TimeSpan elapsed = TimeSpan.Zero; elapsed < total || samples.Count < 4; elapsed = Stopwatch.GetElapsedTime(start))
        {
            different += SoakRound.Digest() == expected ? 0 : 1;
            rounds++;
            if (elapsed >= total * (samples.Count / 20.0))
            {
                samples.Add(SoakSample.Now(elapsed, rounds));
                Console.Error.WriteLine(samples[^1].Line);
            }
        }

        samples.Add(SoakSample.Now(Stopwatch.GetElapsedTime(start), rounds));
        return Report(samples, rounds, different);
    }

    private static int Report(List<SoakSample> samples, long rounds, long different)
    {
        Console.WriteLine(SoakSample.Head);
        foreach (SoakSample sample in samples)
        {
            Console.WriteLine(sample.Line);
        }

        // The first tenth warms up: code is compiled, pools fill.
        SoakSample[] settled = [.. samples.Skip(samples.Count / 10 + 1)];
        double growth = settled[^1].Managed / (double)settled[0].Managed;
        double resident = settled[^1].Resident / (double)settled[0].Resident;
        bool failed = different > 0 || growth > GrowthAllowed || resident > GrowthAllowed;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rounds} rounds of {SoakRound.Solves} solves, {different} with other bits than the first; after the warm-up the managed "
                + $"heap is {growth:F3} times what it was, resident memory {resident:F3} times"));
        return failed ? 1 : 0;
    }
}

/// <summary>Memory at a time of the soak.</summary>
internal sealed record SoakSample(TimeSpan Elapsed, long Rounds, long Managed, long Resident, int Threads)
{
    public const string Head = "    time, s    rounds   managed, MiB  resident, MiB  threads";

    public string Line => string.Create(
        CultureInfo.InvariantCulture,
        $"{Elapsed.TotalSeconds,11:F1} {Rounds,9} {Managed / 1048576.0,14:F2} {Resident / 1048576.0,14:F1} {Threads,8}");

    public static SoakSample Now(TimeSpan elapsed, long rounds)
    {
        long managed = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        return new SoakSample(elapsed, rounds, managed, process.WorkingSet64, process.Threads.Count);
    }
}
