namespace Retrodict;

/// <summary>What became of a batch.</summary>
/// <param name="Count">Its instances.</param>
/// <param name="Reached">How many were solved, or at least begun, before a cancellation; all if there was none.</param>
/// <param name="Converged">How many converged.</param>
/// <param name="Failed">In how many the model threw; <see cref="SolveSummary.Error"/> of the instance has what.</param>
public readonly record struct BatchSummary(int Count, int Reached, int Converged, int Failed = 0);
