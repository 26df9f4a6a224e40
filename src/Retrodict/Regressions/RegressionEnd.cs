namespace Retrodict.Regressions;

/// <summary>The end of a regression's solve, and how well the data determine the parameters there.</summary>
internal sealed record RegressionEnd(SolveResult Solution, Determination Determination);
