using System.Diagnostics;

namespace Retrodict.Benchmarks;

/// <summary>Times work as the peer scripts do: warm up, then the median of many timed calls.</summary>
internal static class Stopwatches
{
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(0.5);

    /// <summary>Samples of microseconds a call, taken for about a second.</summary>
    public static List<double> Sample(Action work)
    {
        Repeat(work, _warmUp);
        Thread.Sleep(200);
        int calls = Math.Max(1, (int)(100 / Math.Max(Time(work, 10), 0.01)));
        var samples = new List<double>();
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < 1 || samples.Count < 5)
        {
            samples.Add(Time(work, calls));
        }

        return samples;
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static void Repeat(Action work, TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            work();
        }
    }

    private static double Time(Action work, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
        {
            work();
        }

        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
    }
}
