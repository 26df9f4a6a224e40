namespace Retrodict;

/// <summary>A fitted model on new rows.</summary>
/// <param name="Values">The model's values, a row each, in units of what was fitted.</param>
/// <param name="StandardErrors">The standard errors of those values that come from the parameters' alone, to first order; a new measurement
/// scatters around them with its own noise. NaN where a parameter matters that the data do not determine, or where there are no degrees of
/// freedom.</param>
public sealed record RegressionPrediction(IReadOnlyList<double> Values, IReadOnlyList<double> StandardErrors);
