namespace Retrodict;

/// <summary>A combination of parameters that the data determine although they do not determine the parameters themselves.</summary>
/// <param name="Kind">How the weights are meant.</param>
/// <param name="Text">The combination as text, such as <c>a*b</c>, <c>a + 2*b</c> or <c>a + 0.604 b (relative changes)</c>.</param>
/// <param name="Weights">The parameters in it, the first with weight 1.</param>
/// <param name="Estimate">Its value; NaN where only changes have a meaning.</param>
/// <param name="StandardError">Its standard error, or that of the change; NaN as for parameters.</param>
public sealed record DeterminedCombination(
    CombinationKind Kind, string Text, IReadOnlyList<(string Name, double Weight)> Weights, double Estimate, double StandardError);
