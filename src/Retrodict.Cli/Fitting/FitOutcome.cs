using Retrodict.Cli.Requests;

namespace Retrodict.Cli.Fitting;

/// <summary>What came of a fit.</summary>
internal sealed record FitOutcome(FitRequest Request, RegressionFit Fit, FitPredictions? Predictions);
