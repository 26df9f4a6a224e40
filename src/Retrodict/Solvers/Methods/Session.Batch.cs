using System.Globalization;
using Retrodict.Analysis;
using Retrodict.Numerics;

namespace Retrodict;

/// <content>Many instances at once.</content>
public sealed partial class Session
{
    /// <summary>
    /// Solves many instances, as many as there is room for summaries, into the caller's memory. The bits of an instance do not depend on
    /// the others or on the number of threads. With <see cref="DeceptronGradient"/> the estimates of all instances are computed together,
    /// and with <see cref="DeceptronGradientPublished"/> all steps: such instances differ by rounding from those that are solved alone. A
    /// warm batch on one thread allocates nothing.
    /// </summary>
    /// <param name="observations">The measurements, [count, m] row-major; or [m], the same for all.</param>
    /// <param name="starts">The first points, [count, n] row-major; or [n], the same for all. May be the memory of
    /// <paramref name="solutions"/>.</param>
    /// <param name="solutions">Receives the best feasible points, [count, n]; NaN for an instance that was not reached.</param>
    /// <param name="summaries">Receives the summaries. An instance at which the model throws has status <see cref="SolveStatus.Failed"/>,
    /// the exception as its <see cref="SolveSummary.Error"/>, a solution of NaN, and does not end the others. An
    /// instance that a cancellation left untouched has status <see cref="SolveStatus.Cancelled"/> and a cost of NaN.</param>
    /// <param name="threads">How many threads solve, the caller's included. Instances are independent, so this is the better use of
    /// processors than threads within a model: set <see cref="Solver.Team"/> to a single thread where models are small.</param>
    /// <param name="progress">Told the number of instances that are done, 1, 2, ..., by one thread at a time.</param>
    /// <param name="cancellation">Ends the solves that are under way with their best points, and begins no others.</param>
    /// <exception cref="ArgumentException">A length does not fit the problem and the number of summaries, or an entry is not finite.
    /// Nothing has been solved then.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public BatchSummary SolveBatch(
        ReadOnlyMemory<double> observations,
        ReadOnlyMemory<double> starts,
        Memory<double> solutions,
        Memory<SolveSummary> summaries,
        int threads = 1,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default)
    {
        int count = summaries.Length;
        _ = Sizes.Between(threads, 1, Sizes.MostThreads, nameof(threads));
        RequireRows(observations.Span, count, Problem.Observations, nameof(observations), Problem);
        RequireRows(starts.Span, count, Problem.Unknowns, nameof(starts));
        if (solutions.Length != (long)count * Problem.Unknowns)
        {
            throw new ArgumentException(
                $"The solutions have room for {solutions.Length} numbers, but {count} instances of {Problem.Unknowns} unknowns " +
                    $"need {(long)count * Problem.Unknowns}.", nameof(solutions));
        }

        if (LockSteps is not null && count > 1)
        {
            SolveTogether(LockSteps, observations, starts, solutions, summaries, threads, progress, cancellation);
        }
        else
        {
            SolveApart(
                observations, starts, solutions, summaries, threads, progress is null
                    ? null
                    : new BatchProgress(progress), onlyOpen: false, cancellation);
        }

        var summary = new BatchSummary(count, 0, 0);
        foreach (ref readonly SolveSummary instance in summaries.Span)
        {
            summary = summary with
            {
                Reached = summary.Reached + (IsUnreached(instance) ? 0 : 1),
                Converged = summary.Converged + (instance.Status == SolveStatus.Converged ? 1 : 0),
                Failed = summary.Failed + (instance.Status == SolveStatus.Failed ? 1 : 0),
            };
        }

        return summary;
    }

    private static SolveSummary Unsolved => default(SolveSummary) with
    {
        Cost = double.NaN,
        Residual = double.NaN,
        Discrepancy = double.NaN,
    };

    /// <summary>Whether a summary is that of an instance which a cancellation left untouched.</summary>
    internal static bool IsUnreached(in SolveSummary summary) => summary.Status == SolveStatus.Cancelled && double.IsNaN(summary.Cost);

    /// <summary>Each instance by itself; all of them, or those that still have <see cref="SolveStatus.None"/>.</summary>
    private void SolveApart(
        ReadOnlyMemory<double> observations,
        ReadOnlyMemory<double> starts,
        Memory<double> solutions,
        Memory<SolveSummary> summaries,
        int threads,
        BatchProgress? progress,
        bool onlyOpen,
        CancellationToken cancellation)
    {
        if (threads > 1 && summaries.Length > 1)
        {
            SolveOnThreads(observations, starts, solutions, summaries, threads, progress, onlyOpen, cancellation);
            return;
        }

        for (int i = 0; i < summaries.Length; i++)
        {
            if ((!onlyOpen || summaries.Span[i].Status == SolveStatus.None)
                && Take(i, observations, starts, solutions, summaries, cancellation))
            {
                progress?.Add();
            }
        }
    }

    /// <summary>A method of its own, as a closure is memory even where it is not used.</summary>
    private void SolveOnThreads(
        ReadOnlyMemory<double> observations,
        ReadOnlyMemory<double> starts,
        Memory<double> solutions,
        Memory<SolveSummary> summaries,
        int threads,
        BatchProgress? progress,
        bool onlyOpen,
        CancellationToken cancellation) => Workers.Run(threads, summaries.Length, instance =>
    {
        if ((!onlyOpen || summaries.Span[instance].Status == SolveStatus.None)
            && Take(instance, observations, starts, solutions, summaries, cancellation))
        {
            progress?.Add();
        }
    });

    /// <summary>Solves an instance, or marks it where the batch was cancelled.</summary>
    private bool Take(
        int instance,
        ReadOnlyMemory<double> observations,
        ReadOnlyMemory<double> starts,
        Memory<double> solutions,
        Memory<SolveSummary> summaries,
        CancellationToken cancellation)
    {
        Span<double> solution = solutions.Span.Slice(instance * Problem.Unknowns, Problem.Unknowns);
        if (cancellation.IsCancellationRequested)
        {
            solution.Fill(double.NaN);
            summaries.Span[instance] = Unsolved with { Status = SolveStatus.Cancelled, Criterion = StoppingCriterion.Cancelled };
            return false;
        }

        try
        {
            summaries.Span[instance] = Solve(
                Row(observations.Span, instance, Problem.Observations), Row(
                    starts.Span, instance, Problem.Unknowns), solution, null, cancellation);
        }
#pragma warning disable CA1031 // Whatever a model throws at one instance must not cost the others.
        catch (Exception e) when (IsOfModel(e))
#pragma warning restore CA1031
        {
            solution.Fill(double.NaN);
            summaries.Span[instance] = Unsolved with { Status = SolveStatus.Failed, Error = e };
        }

        return true;
    }

    /// <summary>Whether an exception is the matter of one instance: not a cancellation, and not the end of memory.</summary>
    private static bool IsOfModel(Exception e) => e is not (OperationCanceledException or OutOfMemoryException);

    private static ReadOnlySpan<double> Row(ReadOnlySpan<double> rows, int index, int length) =>
        rows.Length == length ? rows : rows.Slice(index * length, length);

    private static void RequireRows(ReadOnlySpan<double> rows, int count, int length, string parameter, InverseProblem? masked = null)
    {
        if (rows.Length != length && rows.Length != (long)count * length)
        {
            throw new ArgumentException($"The {parameter} have {rows.Length} numbers; {count} instances need " +
                $"{(long)count * length}, or {length} that all share.", parameter);
        }

        for (int i = 0; i < rows.Length; i++)
        {
            if (!double.IsFinite(rows[i]) && masked?.IsObserved(i % length) != false)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"The {parameter} have {rows[i]} in row {i / length} at position " +
                        $"{i % length}; they must be finite."), parameter);
            }
        }
    }
}
