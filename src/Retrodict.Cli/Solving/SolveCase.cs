using Retrodict.Catalogue;
using Retrodict.Cli.Readers;

namespace Retrodict.Cli.Solving;

/// <summary>All that a run needs: the problem, the method, and for every instance measurement, start and, where known, truth.</summary>
internal sealed record SolveCase
{
    /// <summary>The discrepancy at which an instance counts as explained.</summary>
    public const double DiscrepancyLimit = 1.2;

    /// <summary>The discrepancy at which <c>--stop discrepancy</c> ends a solve.</summary>
    public const double DiscrepancyStop = 1.05;

    public required BenchmarkProblem Benchmark { get; init; }

    public required InverseProblem Problem { get; init; }

    public required Solver Solver { get; init; }

    /// <summary>The number of instances.</summary>
    public required int Count { get; init; }

    public required Rows Observations { get; init; }

    /// <summary>A row for all instances, or a row each.</summary>
    public required Rows Starts { get; init; }

    public required Rows? Truth { get; init; }

    public required ObservationMoments Moments { get; init; }

    /// <summary>The residual at which an instance counts as solved.</summary>
    public required double Tolerance { get; init; }

    public ReadOnlySpan<double> Start(int instance) => Starts[Starts.Count == 1 ? 0 : instance];
}
