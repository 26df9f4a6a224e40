using System.Diagnostics;

namespace Retrodict.Benchmarks;

/// <summary>Times calls in slices.</summary>
internal static class Stopwatches
{
    // A sample is long enough for the clock.
    private const double SampleMicroseconds = 50;

    /// <summary>Runs until the just-in-time compiler has finished with what runs.</summary>
    public static void WarmUp(Action work)
    {
        for (int i = 0; i < 2; i++)
        {
            Repeat(work, TimeSpan.FromSeconds(0.15));
            Thread.Sleep(120);
        }
    }

    /// <summary>Microseconds a call, sample by sample for about this long, the first call left out.</summary>
    public static List<double> Sample(Action work, double seconds)
    {
        work();
        int calls = Math.Max(1, (int)(SampleMicroseconds / Math.Max(Time(work, 4), 0.01)));
        var samples = new List<double>();
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds || samples.Count < 3)
        {
            samples.Add(Time(work, calls));
        }

        return samples;
    }

    private static void Repeat(Action work, TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            work();
        }
        while (Stopwatch.GetElapsedTime(start) < time);
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
