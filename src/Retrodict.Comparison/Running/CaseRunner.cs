using System.Diagnostics;
using Retrodict.Autodiff;

namespace Retrodict.Comparison;

/// <summary>
/// Solves all instances, each on one thread and timed there; several at a time where there are several threads. Several methods take turns
/// at every instance, so that drift of the machine hits all alike.
/// </summary>
public static class CaseRunner
{
    private static readonly TimeSpan _reportInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>A run for every case.</summary>
    /// <param name="cases">The cases, at least one, all with the same number of instances.</param>
    /// <param name="options">How; null for one thread.</param>
    /// <param name="progress">Hears about five times a second, on the caller's thread, how many instances all methods are through
    /// with.</param>
    /// <param name="cancellation">Ends the solves that are under way with their best points, and begins no others.</param>
    /// <exception cref="ArgumentException">There is no case, they differ in the number of instances, or there are no threads.</exception>
    public static IReadOnlyList<SolveRun> Run(
        IReadOnlyList<SolveCase> cases,
        RunOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cases);
        options ??= new RunOptions();
        if (cases.Count == 0 || cases.Any(each => each.Count != cases[0].Count))
        {
            throw new ArgumentException("Cases that take turns need the same number of instances, and there must be one.", nameof(cases));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1, nameof(options));
        int workers = Math.Min(options.Threads, cases[0].Count);

        // Threads go to instances first; a single instance may use them inside.
        using ThreadTeam? team = workers == 1 && options.Threads > 1 ? new ThreadTeam(options.Threads) : null;
        CaseWork[] methods = [.. cases.Select(each => new CaseWork(each, team ?? ThreadTeam.SingleThread, cancellation))];
        if (options.WarmUp)
        {
            Array.ForEach(methods, method => method.WarmUp());
        }

        var turns = new Turns(methods, cases[0].Count, cancellation);
        long begin = Stopwatch.GetTimestamp();
        Thread[] crew = [.. Enumerable.Range(0, workers).Select(_ => new Thread(turns.Serve) { IsBackground = true })];
        Array.ForEach(crew, thread => thread.Start());
        foreach (Thread thread in crew)
        {
            while (!thread.Join(progress is null ? Timeout.InfiniteTimeSpan : _reportInterval))
            {
                progress?.Report(turns.Finished);
            }
        }

        turns.Failure?.Throw();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(begin);
        return [.. methods.Select(method => method.ToRun(elapsed, workers))];
    }
}
