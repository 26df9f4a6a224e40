namespace Retrodict.Benchmarks;

/// <summary>Ends a solve as soon as its cost is at most a target.</summary>
/// <param name="cost">The target.</param>
internal sealed class CostTarget(double cost) : IProgress<IterationRecord>, IDisposable
{
    private readonly CancellationTokenSource _reached = new();

    /// <summary>Cancelled once the target is reached.</summary>
    public CancellationToken Reached => _reached.Token;

    public void Report(IterationRecord value)
    {
        if (value.Cost <= cost)
        {
            _reached.Cancel();
        }
    }

    public void Dispose() => _reached.Dispose();
}
