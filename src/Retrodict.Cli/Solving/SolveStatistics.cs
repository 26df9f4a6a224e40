namespace Retrodict.Cli.Solving;

/// <summary>A run in numbers. Fractions are of all instances; means and medians are of those that were begun, and NaN where there are none.</summary>
internal sealed record SolveStatistics
{
    public required double ToleranceSuccess { get; init; }

    public required double DiscrepancySuccess { get; init; }

    /// <summary>The mean; NaN without truth.</summary>
    public required double RmseX { get; init; }

    /// <summary>The mean, normalized, on the true model.</summary>
    public required double Residual { get; init; }

    public required double MedianIterations { get; init; }

    public required double MedianMicroseconds { get; init; }

    /// <summary>Steps along learned directions, of all instances together.</summary>
    public required long LearnedSteps { get; init; }

    /// <summary>Steps of the safeguard, of all instances together.</summary>
    public required long SafeguardSteps { get; init; }

    /// <summary>How many instances the safeguard, or the end of learned steps where it is off, was met in, by reason.</summary>
    public required IReadOnlyDictionary<SafeguardReason, int> Reasons { get; init; }

    public static SolveStatistics Of(SolveCase solveCase, SolveRun run)
    {
        InstanceResult[] begun = [.. run.Results.Where(result => !double.IsNaN(result.Microseconds))];
        return new SolveStatistics
        {
            ToleranceSuccess = (double)begun.Count(result => result.Residual <= solveCase.Tolerance) / run.Results.Length,
            DiscrepancySuccess = (double)begun.Count(result => result.Discrepancy <= SolveCase.DiscrepancyLimit) / run.Results.Length,
            RmseX = Mean(begun, result => result.RmseX),
            Residual = Mean(begun, result => result.Residual),
            MedianIterations = Median(begun, result => result.Summary.Iterations),
            MedianMicroseconds = Median(begun, result => result.Microseconds),
            LearnedSteps = begun.Sum(result => (long)(result.Summary.Learned?.LearnedSteps ?? 0)),
            SafeguardSteps = begun.Sum(result => (long)(result.Summary.Learned?.SafeguardSteps ?? 0)),
            Reasons = begun.Where(result => result.Summary.Learned is { Reason: not SafeguardReason.None })
                .GroupBy(result => result.Summary.Learned!.Value.Reason).OrderBy(group => group.Key).ToDictionary(group => group.Key, group => group.Count()),
        };
    }

    /// <summary>The number in the middle; the mean of the two in the middle of an even count.</summary>
    public static double Median(IEnumerable<InstanceResult> results, Func<InstanceResult, double> measure)
    {
        double[] sorted = [.. results.Select(measure).Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Mean(InstanceResult[] results, Func<InstanceResult, double> measure) =>
        results.Length == 0 ? double.NaN : results.Average(measure);
}
