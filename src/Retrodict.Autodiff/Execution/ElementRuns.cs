namespace Retrodict.Autodiff.Execution.Fusion;

/// <summary>Which elements of its result a part of a step computes: runs of neighbors, the same distance apart.</summary>
/// <param name="Begin">The first element.</param>
/// <param name="Length">The length of a run.</param>
/// <param name="Stride">From one run's first element to the next one's.</param>
/// <param name="Count">The number of runs.</param>
internal readonly record struct ElementRuns(int Begin, int Length, int Stride = 0, int Count = 1);
