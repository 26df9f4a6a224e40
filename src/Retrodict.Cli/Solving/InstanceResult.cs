namespace Retrodict.Cli.Solving;

/// <summary>How one instance was solved, judged on the true model in double precision. Measures of an instance that was not begun are NaN.</summary>
internal readonly record struct InstanceResult(SolveSummary Summary, double Residual, double Discrepancy, double RmseX, double Microseconds)
{
    /// <summary>An instance that was never begun.</summary>
    public static InstanceResult NotBegun { get; } = new(
        new SolveSummary(SolveStatus.Cancelled, StoppingCriterion.Cancelled, 0, double.NaN, double.NaN, double.NaN, false, default),
        double.NaN,
        double.NaN,
        double.NaN,
        double.NaN);
}
