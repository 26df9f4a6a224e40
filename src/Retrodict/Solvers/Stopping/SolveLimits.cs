namespace Retrodict.Solvers;

/// <summary>What ends a solve from outside of its mathematics: cancellation, evaluations, time. Searches ask before every
/// evaluation.</summary>
internal sealed class SolveLimits(StoppingRule stopping)
{
    private CancellationToken _cancellation;
    private long _start;

    public static SolveLimits None { get; } = new(new StoppingRule());

    public void Begin(CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _start = stopping.TimeLimit is null ? 0 : stopping.Clock.GetTimestamp();
    }

    /// <summary>The limit that forbids another evaluation; none if it may be made.</summary>
    public StoppingCriterion Reached(long evaluations) =>
        _cancellation.IsCancellationRequested ? StoppingCriterion.Cancelled
        : evaluations >= stopping.MaxEvaluations ? StoppingCriterion.Evaluations
        : stopping.TimeLimit is { } limit && stopping.Clock.GetElapsedTime(_start) >= limit ? StoppingCriterion.Time
        : StoppingCriterion.None;
}
