using Retrodict.Catalogue;

namespace Retrodict.Comparison;

/// <summary>All that a run needs: the method, what it sees, and for every instance measurement, start and, where known, truth.
/// <see cref="CaseBuilder"/> makes them.</summary>
public sealed record SolveCase
{
    /// <summary>The instances; of a shorter run the first <see cref="Count"/> of them.</summary>
    public required InstanceSet Instances { get; init; }

    /// <summary>What the method sees.</summary>
    public required InverseProblem Problem { get; init; }

    /// <summary>The method with its stopping rule.</summary>
    public required Solver Solver { get; init; }

    /// <summary>The number of instances that are solved.</summary>
    public required int Count { get; init; }

    /// <summary>A row for all instances, or a row each.</summary>
    public required RowTable Starts { get; init; }

    /// <summary>What residuals are measured in.</summary>
    public required ObservationMoments Moments { get; init; }

    /// <summary>The residual at which an instance counts as solved.</summary>
    public required double Tolerance { get; init; }

    /// <summary>The problem with the true forward model.</summary>
    public BenchmarkProblem Benchmark => Instances.Problem;

    /// <summary>The measurement of an instance, [m] in raw units.</summary>
    /// <param name="instance">Its number, from 0.</param>
    public ReadOnlySpan<double> Observation(int instance) => Instances.Observations[instance];

    /// <summary>The start of an instance, [n].</summary>
    /// <param name="instance">Its number, from 0.</param>
    public ReadOnlySpan<double> Start(int instance) => Starts[Starts.Count == 1 ? 0 : instance];
}
