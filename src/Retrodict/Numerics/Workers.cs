using System.Runtime.ExceptionServices;

namespace Retrodict.Numerics;

/// <summary>Threads that take numbered items one after the other until there are none left.</summary>
internal sealed class Workers
{
    private readonly Action<int> _work;
    private readonly int _count;
    private int _next;
    private ExceptionDispatchInfo? _failure;

    private Workers(int count, Action<int> work) => (_count, _work) = (count, work);

    /// <summary>Does the items 0, 1, ..., each on one thread, and returns when all threads have stopped.</summary>
    /// <param name="threads">The number of threads, the caller's included.</param>
    /// <param name="count">The number of items.</param>
    /// <param name="work">Does an item.</param>
    /// <exception cref="Exception">The first exception that an item threw; no more were taken after it.</exception>
    public static void Run(int threads, int count, Action<int> work)
    {
        var workers = new Workers(count, work);
        // More threads than processors gain nothing, but some more are started: results must not depend on it, and tests should see that.
        int most = Math.Min(count, Math.Max(Environment.ProcessorCount, 16));
        var others = new Thread[Math.Min(threads, most) - 1];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(workers.TakeItems) { IsBackground = true, Name = $"Retrodict worker {i + 1}" };
            others[i].Start();
        }

        workers.TakeItems();
        foreach (Thread other in others)
        {
            other.Join();
        }

        workers._failure?.Throw();
    }

    private void TakeItems()
    {
        try
        {
            int item;
            while ((item = Interlocked.Increment(ref _next) - 1) < _count)
            {
                _work(item);
            }
        }
        catch (Exception failure)
        {
            // A thread of its own must not end the process, and the caller must not leave while others still work.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
            Volatile.Write(ref _next, _count);
        }
    }
}
