using System.Runtime.ExceptionServices;

namespace Retrodict.Comparison;

/// <summary>Instances that threads take one after the other, each for all methods in turn.</summary>
internal sealed class Turns(CaseWork[] methods, int count, CancellationToken cancellation)
{
    private int _next = -1;
    private int _finished;

    public int Finished => Volatile.Read(ref _finished);

    public ExceptionDispatchInfo? Failure { get; private set; }

    /// <summary>What every thread does.</summary>
    public void Serve()
    {
#pragma warning disable CA1031 // Caught on one thread to be thrown on another.
        try
        {
            foreach (CaseWork method in methods)
            {
                if (!cancellation.IsCancellationRequested)
                {
                    method.Begin();
                }
            }

            int instance;
            while (!cancellation.IsCancellationRequested && Failure is null && (instance = Interlocked.Increment(ref _next)) < count)
            {
                foreach (CaseWork method in methods)
                {
                    if (!cancellation.IsCancellationRequested)
                    {
                        method.Solve(instance);
                    }
                }

                Interlocked.Increment(ref _finished);
            }
        }
        catch (Exception e)
        {
            Failure = ExceptionDispatchInfo.Capture(e);
        }
#pragma warning restore CA1031
    }
}
