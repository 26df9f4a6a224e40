using Retrodict.Analysis;

namespace Retrodict;

/// <summary>A method that solves many instances together, for one block at a time.</summary>
internal abstract class LockStep
{
    /// <summary>Solves the instances of a block that it can finish. The others, those that meet something that is not finite or that a
    /// cancellation leaves alone among them, keep the status <see cref="SolveStatus.None"/> and have no solution yet.</summary>
    /// <param name="observations">The measurements, [count, m] or [m].</param>
    /// <param name="starts">The first points, [count, n] or [n].</param>
    /// <param name="solutions">Receives the points that were found, [count, n].</param>
    /// <param name="summaries">Receives the summaries.</param>
    /// <param name="progress">Told of every instance that is finished.</param>
    /// <param name="cancellation">Ends the solves that are under way.</param>
    public abstract void Solve(
        ReadOnlySpan<double> observations,
        ReadOnlySpan<double> starts,
        Span<double> solutions,
        Span<SolveSummary> summaries,
        BatchProgress? progress,
        CancellationToken cancellation);
}
