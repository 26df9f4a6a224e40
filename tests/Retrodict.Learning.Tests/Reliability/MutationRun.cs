using System.Diagnostics;
using Retrodict.Randomness;

namespace Retrodict.Reliability;

/// <summary>What a reader did with damaged inputs.</summary>
internal sealed record MutationRun
{
    /// <summary>Reading a few kilobytes takes microseconds to milliseconds; what takes longer than this hangs, for a user.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public required string Reader { get; init; }

    public required int Inputs { get; init; }

    /// <summary>Inputs that were read, since the damage left them valid.</summary>
    public required int Taken { get; init; }

    /// <summary>Inputs that were refused with a documented exception.</summary>
    public int Refused => Inputs - Taken - Failures.Count;

    public required TimeSpan Slowest { get; init; }

    /// <summary>Inputs at which another exception came, or that took too long: the number that makes the input again, and what
    /// came.</summary>
    public required IReadOnlyList<(int Input, string What)> Failures { get; init; }

    /// <summary>Gives a reader damaged inputs.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="count">How many inputs.</param>
    /// <param name="seed">The seed; input i depends on it and on i alone.</param>
    public static MutationRun Of(MutatedReader reader, int count, ulong seed)
    {
        var failures = new List<(int Input, string What)>();
        int taken = 0;
        TimeSpan slowest = TimeSpan.Zero;
        for (int i = 0; i < count; i++)
        {
            byte[] input = Input(reader, i, seed);
            long start = Stopwatch.GetTimestamp();
            string? failure = null;
            try
            {
                taken += reader.Read(input) is null ? 1 : 0;
            }
#pragma warning disable CA1031 // Any exception that is not documented is what is looked for.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failure = $"{e.GetType().Name}: {e.Message}{FirstPlace(e)}";
            }

            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            slowest = elapsed > slowest ? elapsed : slowest;
            if (failure is null && elapsed > Patience)
            {
                failure = $"{elapsed.TotalSeconds:F1} s";
                taken--;
            }

            if (failure is not null)
            {
                failures.Add((i, failure));
            }
        }

        return new MutationRun { Reader = reader.Name, Inputs = count, Taken = taken, Slowest = slowest, Failures = failures };
    }

    /// <summary>The damaged input of a number.</summary>
    public static byte[] Input(MutatedReader reader, int number, ulong seed)
    {
        RandomStream random = new RandomStream(seed, reader.Name).At(number);
        byte[] input = reader.Inputs[random.NextInt(reader.Inputs.Count)];
        return Mutation.Of(input, reader.Inputs[random.NextInt(reader.Inputs.Count)], random);
    }

    private static string FirstPlace(Exception e) => e.StackTrace?.Split('\n')[0].Trim() is { } place ? $" [{place}]" : "";
}
