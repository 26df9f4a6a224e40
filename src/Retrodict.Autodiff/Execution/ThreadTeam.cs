using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Retrodict.Autodiff;

/// <summary>Work that a <see cref="ThreadTeam"/> runs in independent parts.</summary>
internal interface IParallelWork
{
    void RunPart(int part, int slot);
}

/// <summary>
/// Threads that stay and wait for work. Plans hand their large steps to a team in parts fixed by sizes alone, so results have the same bits
/// for every team. A team serves one caller at a time: a caller that finds it busy does its parts alone, so eight concurrent callers never
/// oversubscribe the machine, and work never nests. Handing out work allocates nothing.
/// </summary>
public sealed class ThreadTeam : IDisposable
{
    // Far above any number of parts, and far enough below the largest number for helpers that come too late to count on from it.
    private const int Closed = int.MaxValue / 2;

    private const int MostThreads = 1024;

    // Waking a thread that sleeps takes tens of microseconds, so threads look out for about that long before they sleep.
    private static readonly TimeSpan _lookout = TimeSpan.FromMicroseconds(Environment.ProcessorCount > 1 ? 30 : 0);

    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly ManualResetEventSlim _done = new(false);
    private readonly Lock _gate = new();
    private IParallelWork? _work;
    private int _parts;
    private int _nextPart = Closed;
    private int _helping;
    private volatile bool _disposed;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Starts a team.</summary>
    /// <param name="size">Number of threads including the caller's, from 1 to 1,024; more than there are processors are of no use.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public ThreadTeam(int size)
    {
        if (size is < 1 or > MostThreads)
        {
            throw new ArgumentOutOfRangeException(nameof(size), size, "A team has from 1 to 1,024 threads.");
        }

        _threads = new Thread[size - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int slot = i + 1;
            _threads[i] = new Thread(() => Serve(slot)) { IsBackground = true, Name = $"Retrodict team {slot}" };
            _threads[i].Start();
        }
    }

    /// <summary>The team that plans use unless told otherwise: one thread per processor.</summary>
    public static ThreadTeam Shared { get; } = new(Environment.ProcessorCount);

    /// <summary>A team of the calling thread alone.</summary>
    public static ThreadTeam SingleThread { get; } = new(1);

    /// <summary>The number of threads, the caller's included.</summary>
    public int Size => _threads.Length + 1;

    /// <summary>Ends the threads; a caller that still uses the team then works alone.</summary>
    public void Dispose()
    {
        if (_threads.Length == 0 || _disposed)
        {
            return;
        }

        lock (_gate)
        {
            _disposed = true;
            _wake.Release(_threads.Length);
        }

        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _wake.Dispose();
        _done.Dispose();
    }

    /// <summary>Runs all parts and returns when they are done.</summary>
    internal void Run(IParallelWork work, int parts)
    {
        // The gate lets its owner in again, so a nested call, from within a part that runs on the caller's thread, is sent away first.
        if (parts <= 1 || _threads.Length == 0 || _gate.IsHeldByCurrentThread || !_gate.TryEnter())
        {
            RunAlone(work, parts);
            return;
        }

        try
        {
            if (_disposed)
            {
                RunAlone(work, parts);
                return;
            }

            int helpers = Math.Min(_threads.Length, parts - 1);
            _work = work;
            _parts = parts;
            _failure = null;
            Volatile.Write(ref _nextPart, 0);

            // A call that nobody has answered yet is answered by a helper for this work.
            int calls = helpers - _wake.CurrentCount;
            if (calls > 0)
            {
                _wake.Release(calls);
            }

            TakeParts(0);
            WaitForHelpers();
            _work = null;
            _failure?.Throw();
        }
        finally
        {
            _gate.Exit();
        }
    }

    private static void RunAlone(IParallelWork work, int parts)
    {
        for (int part = 0; part < parts; part++)
        {
            work.RunPart(part, 0);
        }
    }

    /// <summary>
    /// Returns when no helper is within a part. Helpers that have not begun are not waited for: a processor that is busy otherwise costs
    /// nothing. One that comes late, even while the next work is being written down, counts itself in first and then finds the parts
    /// closed, or the next work complete.
    /// </summary>
    private void WaitForHelpers()
    {
        Interlocked.Exchange(ref _nextPart, Closed);
        long start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _helping) != 0)
        {
            if (Stopwatch.GetElapsedTime(start) < _lookout)
            {
                Thread.SpinWait(10);
                continue;
            }

            // In this order: who stops helping after the reset sets it again, who stopped before is seen.
            _done.Reset();
            if (Volatile.Read(ref _helping) != 0)
            {
                _done.Wait();
            }
        }
    }

    private void Serve(int slot)
    {
        while (true)
        {
            long start = Stopwatch.GetTimestamp();
            while (_wake.CurrentCount == 0 && Stopwatch.GetElapsedTime(start) < _lookout)
            {
                Thread.SpinWait(10);
            }

            _wake.Wait();
            if (_disposed)
            {
                return;
            }

            Interlocked.Increment(ref _helping);
            TakeParts(slot);
            if (Interlocked.Decrement(ref _helping) == 0)
            {
                _done.Set();
            }
        }
    }

    private void TakeParts(int slot)
    {
        try
        {
            int part;
            while ((part = Interlocked.Increment(ref _nextPart) - 1) < _parts)
            {
                _work!.RunPart(part, slot);
            }
        }
        catch (Exception failure)
        {
            // A helper must not die, and the caller must not leave while helpers still work: it throws when all have stopped.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
            Volatile.Write(ref _nextPart, Closed);
        }
    }
}
