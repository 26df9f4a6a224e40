namespace Retrodict.Comparison;

/// <summary>A run in numbers. Fractions are of the instances that came to their end, so that what a cancellation ended or kept from
/// beginning is no failure; means and distributions are of those that were begun, and NaN where there are
/// none.</summary>
public sealed record SolveStatistics
{
    /// <summary>The share of instances whose residual is within the tolerance.</summary>
    public required double ToleranceSuccess { get; init; }

    /// <summary>The share of instances whose discrepancy is at most <see cref="SuccessRules.DiscrepancyLimit"/>.</summary>
    public required double DiscrepancySuccess { get; init; }

    /// <summary>The mean error; NaN without truth.</summary>
    public required double RmseX { get; init; }

    /// <summary>The mean residual, normalized, on the true model.</summary>
    public required double Residual { get; init; }

    /// <summary>Iterations of an instance.</summary>
    public required Distribution Iterations { get; init; }

    /// <summary>Wall time of an instance in microseconds; its total is that of all instances one after the other.</summary>
    public required Distribution Microseconds { get; init; }

    /// <summary>Steps along learned directions, of all instances together.</summary>
    public required long LearnedSteps { get; init; }

    /// <summary>Steps of the safeguard, of all instances together.</summary>
    public required long SafeguardSteps { get; init; }

    /// <summary>Exact steps, of all instances together: those of the safeguard, and all steps of methods without a learned
    /// inverse.</summary>
    public required long ExactSteps { get; init; }

    /// <summary>How many instances the safeguard, or the end of learned steps where it is off, was met in, by reason.</summary>
    public required IReadOnlyDictionary<SafeguardReason, int> Reasons { get; init; }

    /// <summary>The statistics of a run.</summary>
    /// <param name="run">The run.</param>
    public static SolveStatistics Of(SolveRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        InstanceResult[] begun = [.. run.Results.Where(result => result.IsBegun)];
        InstanceResult[] ended = [.. run.Results.Where(result => result.Summary.Status != SolveStatus.Cancelled)];
        double Share(Func<PointMeasures, bool> rule) => ended.Length == 0
            ? double.NaN
            : (double)ended.Count(result => rule(result.Measures)) / ended.Length;
        double Mean(Func<PointMeasures, double> measure) => begun.Length == 0
            ? double.NaN
            : begun.Average(result => measure(result.Measures));
        return new SolveStatistics
        {
            ToleranceSuccess = Share(measures => measures.Residual <= run.Case.Tolerance),
            DiscrepancySuccess = Share(measures => measures.Discrepancy <= SuccessRules.DiscrepancyLimit),
            RmseX = Mean(measures => measures.RmseX),
            Residual = Mean(measures => measures.Residual),
            Iterations = Distribution.Of(begun.Select(result => (double)result.Summary.Iterations)),
            Microseconds = Distribution.Of(begun.Select(result => result.Microseconds)),
            LearnedSteps = begun.Sum(result => (long)(result.Summary.Learned?.LearnedSteps ?? 0)),
            SafeguardSteps = begun.Sum(result => (long)(result.Summary.Learned?.SafeguardSteps ?? 0)),
            ExactSteps = begun.Sum(result => (long)(result.Summary.Learned?.SafeguardSteps ?? result.Summary.Iterations)),
            Reasons = begun.Where(result => result.Summary.Learned is { Reason: not SafeguardReason.None })
                .GroupBy(result => result.Summary.Learned!.Value.Reason)
                .OrderBy(group => group.Key)
                .ToDictionary(group => group.Key, group => group.Count()),
        };
    }
}
