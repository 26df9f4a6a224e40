using Retrodict.Analysis;

namespace Retrodict;

/// <content>Batches whose instances advance together.</content>
public sealed partial class Session
{
    /// <summary>Whole blocks in lock step, each by one thread; an instance that meets something that is not finite is solved by itself.</summary>
    private void SolveInLockStep(
        LockStepPool pool,
        ReadOnlyMemory<double> observations,
        ReadOnlyMemory<double> starts,
        Memory<double> solutions,
        Memory<SolveSummary> summaries,
        int threads,
        IProgress<int>? progress,
        CancellationToken cancellation)
    {
        int count = summaries.Length;
        if (threads == 1)
        {
            SolveBlock(pool, 0, count, observations, starts, solutions, summaries, cancellation);
        }
        else
        {
            SolveBlocks(pool, observations, starts, solutions, summaries, threads, cancellation);
        }

        for (int i = 0; i < count; i++)
        {
            if (summaries.Span[i].Status != SolveStatus.Failed || Take(i, observations, starts, solutions, summaries, cancellation))
            {
                progress?.Report(i + 1);
            }
        }
    }

    private void SolveBlocks(
        LockStepPool pool,
        ReadOnlyMemory<double> observations,
        ReadOnlyMemory<double> starts,
        Memory<double> solutions,
        Memory<SolveSummary> summaries,
        int threads,
        CancellationToken cancellation)
    {
        int count = summaries.Length;
        int length = Math.Max(LockStep.Lanes, ((count - 1) / threads) + 1);
        Workers.Run(threads, ((count - 1) / length) + 1, block => SolveBlock(
            pool, block * length, Math.Min(length, count - (block * length)), observations, starts, solutions, summaries, cancellation));
    }

    private void SolveBlock(
        LockStepPool pool,
        int first,
        int count,
        ReadOnlyMemory<double> observations,
        ReadOnlyMemory<double> starts,
        Memory<double> solutions,
        Memory<SolveSummary> summaries,
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
                cancellation);
        }
        finally
        {
            pool.Return(lockStep);
        }
    }
}
