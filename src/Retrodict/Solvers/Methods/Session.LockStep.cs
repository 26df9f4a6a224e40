using Retrodict.Analysis;
using Retrodict.Numerics;

namespace Retrodict;

/// <content>Batches whose instances advance together.</content>
public sealed partial class Session
{
    /// <summary>Whole blocks in lock step, each by one thread; then each instance that this did not finish by itself.</summary>
    private void SolveTogether(
        LockStepPool pool,
        ReadOnlyMemory<double> observations,
        ReadOnlyMemory<double> starts,
        Memory<double> solutions,
        Memory<SolveSummary> summaries,
        int threads,
        IProgress<int>? listener,
        CancellationToken cancellation)
    {
        int count = summaries.Length;
        BatchProgress? progress = listener is null ? null : new BatchProgress(listener);
        if (threads == 1)
        {
            SolveBlock(pool, 0, count, observations, starts, solutions, summaries, progress, cancellation);
        }
        else
        {
            SolveBlocks(pool, observations, starts, solutions, summaries, threads, progress, cancellation);
        }

        if (IsAnyOpen(summaries.Span))
        {
            SolveApart(observations, starts, solutions, summaries, threads, progress, onlyOpen: true, cancellation);
        }
    }

    private static bool IsAnyOpen(ReadOnlySpan<SolveSummary> summaries)
    {
        foreach (ref readonly SolveSummary summary in summaries)
        {
            if (summary.Status == SolveStatus.None)
            {
                return true;
            }
        }

        return false;
    }

    private void SolveBlocks(
        LockStepPool pool,
        ReadOnlyMemory<double> observations,
        ReadOnlyMemory<double> starts,
        Memory<double> solutions,
        Memory<SolveSummary> summaries,
        int threads,
        BatchProgress? progress,
        CancellationToken cancellation)
    {
        int count = summaries.Length;
        int length = ((count - 1) / threads) + 1;
        Workers.Run(threads, ((count - 1) / length) + 1, block => SolveBlock(
            pool, block * length, Math.Min(
                length, count - (block * length)), observations, starts, solutions, summaries, progress, cancellation));
    }

    private void SolveBlock(
        LockStepPool pool,
        int first,
        int count,
        ReadOnlyMemory<double> observations,
        ReadOnlyMemory<double> starts,
        Memory<double> solutions,
        Memory<SolveSummary> summaries,
        BatchProgress? progress,
        CancellationToken cancellation)
    {
        (int m, int n) = (Problem.Observations, Problem.Unknowns);
        LockStep lockStep = pool.Rent();
        try
        {
            lockStep.Solve(
                observations.Length == m ? observations.Span : observations.Span.Slice(first * m, count * m),
                starts.Length == n ? starts.Span : starts.Span.Slice(first * n, count * n),
                solutions.Span.Slice(first * n, count * n),
                summaries.Span.Slice(first, count),
                progress,
                cancellation);
        }
#pragma warning disable CA1031 // Whatever a model throws at one instance: each is solved by itself then, and knows it.
        catch (Exception e) when (IsOfModel(e) && !ReferenceEquals(e, progress?.Failure))
#pragma warning restore CA1031
        {
            return;
        }

        pool.Return(lockStep);
    }
}
