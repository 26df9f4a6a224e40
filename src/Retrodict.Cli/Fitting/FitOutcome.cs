using Retrodict.Cli.Requests;

namespace Retrodict.Cli.Fitting;

/// <summary>What came of a fit.</summary>
internal sealed record FitOutcome(FitRequest Request, RegressionFit Fit, FitPredictions? Predictions)
{
    /// <summary>Whether a fit ended at a solution that explains more than a constant does.</summary>
    public static bool IsSolution(RegressionFit fit) => fit is { Solution.Status: SolveStatus.Converged, IsWorseThanConstant: false };
}
