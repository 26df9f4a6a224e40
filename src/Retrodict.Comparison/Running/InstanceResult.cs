namespace Retrodict.Comparison;

/// <summary>How one instance was solved, judged on the true model in double precision.</summary>
/// <param name="Summary">What the method says.</param>
/// <param name="Measures">How good the point is; NaN where the instance was not begun.</param>
/// <param name="Microseconds">Wall time of the solve; NaN where the instance was not begun.</param>
public readonly record struct InstanceResult(SolveSummary Summary, PointMeasures Measures, double Microseconds)
{
    /// <summary>An instance that was never begun.</summary>
    public static InstanceResult NotBegun { get; } = new(
        new SolveSummary(SolveStatus.Cancelled, StoppingCriterion.Cancelled, 0, double.NaN, double.NaN, double.NaN, false, default),
        new PointMeasures(double.NaN, double.NaN, double.NaN),
        double.NaN);

    /// <summary>Whether the instance was begun.</summary>
    public bool IsBegun => !double.IsNaN(Microseconds);
}
