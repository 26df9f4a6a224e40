using System.Globalization;
using Retrodict.Solvers;

namespace Retrodict;

/// <summary>
/// A problem compiled for one method. Solve it as often as needed and from as many threads as wanted; a warm solve into the caller's memory
/// allocates nothing.
/// </summary>
public sealed partial class Session
{
    private readonly Objective _objective;
    private readonly StoppingRule _stopping;
    private readonly Func<SolverParts> _assemble;
    private readonly Stack<DescentLoop> _pool = new(4);
    private readonly Lock _gate = new();

    internal Session(InverseProblem problem, Objective objective, StoppingRule stopping, Func<SolverParts> assemble)
    {
        Problem = problem;
        _objective = objective;
        _stopping = stopping;
        _assemble = assemble;
    }

    /// <summary>The problem.</summary>
    public InverseProblem Problem { get; }

    /// <summary>What solves batches in lock step; null for methods that solve every instance by itself.</summary>
    internal LockStepPool? LockSteps { get; init; }

    /// <summary>Solves for one measurement, into the caller's memory.</summary>
    /// <param name="observation">The measurement y, of length m, row-major.</param>
    /// <param name="start">The first point, of length n; projected into the box if it lies outside, which the summary says.</param>
    /// <param name="solution">Receives the best feasible point, of length n.</param>
    /// <param name="progress">Told of every iteration.</param>
    /// <param name="cancellation">Ends the solve early with the best point so far.</param>
    /// <returns>Status, criterion, counts and measures. Numerical failure is a status, never an exception.</returns>
    /// <exception cref="ArgumentException">A length does not fit the problem, or an entry that counts is not finite.</exception>
    public SolveSummary Solve(
        ReadOnlySpan<double> observation,
        ReadOnlySpan<double> start,
        Span<double> solution,
        IProgress<IterationRecord>? progress = null,
        CancellationToken cancellation = default) => Solve(observation, start, solution, null, progress, cancellation);

    /// <summary>Solves for one measurement, with the iteration table in the result.</summary>
    /// <param name="observation">The measurement y, of length m, row-major.</param>
    /// <param name="start">The first point, of length n; projected into the box if it lies outside, which the summary says.</param>
    /// <param name="progress">Told of every iteration.</param>
    /// <param name="cancellation">Ends the solve early with the best point so far.</param>
    /// <exception cref="ArgumentException">A length does not fit the problem, or an entry that counts is not finite.</exception>
    public SolveResult Solve(
        ReadOnlySpan<double> observation, ReadOnlySpan<double> start, IProgress<IterationRecord>? progress =
            null, CancellationToken cancellation = default)
    {
        var x = new double[Problem.Unknowns];
        var history = new List<IterationRecord>();
        SolveSummary summary = Solve(observation, start, x, history, progress, cancellation);
        return new SolveResult { X = x, Summary = summary, History = history };
    }

    private SolveSummary Solve(
        ReadOnlySpan<double> observation,
        ReadOnlySpan<double> start,
        Span<double> solution,
        List<IterationRecord>? history,
        IProgress<IterationRecord>? progress,
        CancellationToken cancellation)
    {
        RequireFinite(observation, Problem.Observations, nameof(observation), "the forward model's observation", Problem);
        RequireFinite(start, Problem.Unknowns, nameof(start), "the unknown");
        if (solution.Length != Problem.Unknowns)
        {
            throw new ArgumentException(
                $"The solution has room for {solution.Length} numbers, but the unknown has {Problem.Unknowns}.", nameof(solution));
        }

        DescentLoop loop = Rent();
        try
        {
            return loop.Solve(observation, start, solution, history, progress, cancellation);
        }
        finally
        {
            lock (_gate)
            {
                _pool.Push(loop);
            }
        }
    }

    private DescentLoop Rent()
    {
        lock (_gate)
        {
            if (_pool.TryPop(out DescentLoop? loop))
            {
                return loop;
            }
        }

        return new DescentLoop(_objective, _assemble(), _stopping);
    }

    internal static void RequireFinite(
        ReadOnlySpan<double> values, int length, string parameter, string what, InverseProblem? masked = null)
    {
        if (values.Length != length)
        {
            throw new ArgumentException($"The {parameter} has {values.Length} numbers, but {what} has {length}.", parameter);
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]) && masked?.IsObserved(i) != false)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The {parameter} is {values[i]} at " +
                    $"position {i}; it must be finite."), parameter);
            }
        }
    }
}
