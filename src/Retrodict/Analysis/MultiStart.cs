using Retrodict.Analysis;
using Retrodict.Numerics;

namespace Retrodict;

/// <summary>
/// Solves from many starts and tells the minima that were found apart. For objectives with several local minima: the lowest of many is the
/// better guess, and how many starts each attracted shows how far to trust it. The result does not depend on the number of threads.
/// </summary>
public sealed record MultiStart
{
    private readonly int _count = 32;
    private readonly int _threads = 1;
    private readonly double _tolerance = 1e-3;
    private readonly double _costTolerance = 1e-3;

    /// <summary>The number of starts that are drawn; default 32.</summary>
    public int Count
    {
        get => _count;
        init => _count = Sizes.Between(value, 1, Sizes.MostTried, nameof(Count));
    }

    /// <summary>The seed of the draws; default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Where starts are drawn from.</summary>
    public StartSampling Sampling { get; init; }

    /// <summary>How many threads solve, the caller's included; default 1.</summary>
    public int Threads
    {
        get => _threads;
        init => _threads = Sizes.Between(value, 1, Sizes.MostThreads, nameof(Threads));
    }

    /// <summary>Two solutions are the same minimum if no unknown differs by more than this times its scale, and their costs agree. An
    /// unknown's scale is the width of its interval or its prior standard deviation, whichever is smaller; without both, its standard error
    /// at the lowest minimum (noise as given); else its size. Default 1e-3.</summary>
    public double Tolerance
    {
        get => _tolerance;
        init => _tolerance = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Tolerance), value, "The tolerance must be 0 or more.");
    }

    /// <summary>Costs agree if they differ by no more than this times the larger one, or by rounding beside the measurement; default
    /// 1e-3.</summary>
    public double CostTolerance
    {
        get => _costTolerance;
        init => _costTolerance = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(CostTolerance), value, "The tolerance must be 0 or more.");
    }

    /// <summary>Solves for one measurement from starts that are drawn.</summary>
    /// <param name="session">The problem and method.</param>
    /// <param name="observation">The measurement y, of length m, row-major.</param>
    /// <param name="progress">Told the number of starts that are done.</param>
    /// <param name="cancellation">Ends the search with what has been found.</param>
    /// <exception cref="ArgumentException">The measurement does not fit the problem or is not finite.</exception>
    /// <exception cref="InvalidOperationException">The problem has not what starts are to be drawn from: finite bounds, or a
    /// prior.</exception>
    public MultiStartResult Solve(
        Session session, ReadOnlySpan<double> observation, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        return Solve(session, observation, StartPoints.Draw(session.Problem, Sampling, Count, Seed), progress, cancellation);
    }

    /// <summary>Solves for one measurement from given starts.</summary>
    /// <param name="session">The problem and method.</param>
    /// <param name="observation">The measurement y, of length m, row-major.</param>
    /// <param name="starts">The starts, [count, n] row-major; <see cref="Count"/> and <see cref="Sampling"/> are not used.</param>
    /// <param name="progress">Told the number of starts that are done.</param>
    /// <param name="cancellation">Ends the search with what has been found.</param>
    /// <exception cref="ArgumentException">A length does not fit the problem, or an entry is not finite.</exception>
    public MultiStartResult Solve(
        Session session, ReadOnlySpan<double> observation, ReadOnlySpan<double> starts, IProgress<int>? progress =
            null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        int n = session.Problem.Unknowns;
        if (starts.IsEmpty || starts.Length % n != 0)
        {
            throw new ArgumentException($"The starts have {starts.Length} numbers, which are not points of {n} unknowns.", nameof(starts));
        }

        Session.RequireFinite(
            observation, session.Problem.Observations, nameof(observation), "the forward model's observation", session.Problem);
        var summaries = new SolveSummary[starts.Length / n];
        var solutions = new double[starts.Length];
        session.SolveBatch(observation.ToArray(), starts.ToArray(), solutions, summaries, Threads, progress, cancellation);
        return Minima.Collect(session, observation, starts.ToArray(), solutions, summaries, this);
    }
}
