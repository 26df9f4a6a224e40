namespace Retrodict;

/// <summary>What <see cref="MultiStart"/> found.</summary>
public sealed record MultiStartResult
{
    /// <summary>The distinct minima that converged solves reached, lowest cost first. Empty if none converged.</summary>
    public required IReadOnlyList<LocalMinimum> Minima { get; init; }

    /// <summary>One line a start, in the order of the starts.</summary>
    public required IReadOnlyList<StartOutcome> Outcomes { get; init; }

    /// <summary>The lowest point that any start reached, converged or not; null if no point had a finite cost.</summary>
    public required StartOutcome? Best { get; init; }

    /// <summary>Starts that a cancellation left untouched.</summary>
    public int NotReached => Outcomes.Count(outcome => outcome.X.Count == 0) - Failed;

    /// <summary>Starts at which the model threw; <see cref="SolveSummary.Error"/> has what.</summary>
    public int Failed => Outcomes.Count(outcome => outcome.Summary.Status == SolveStatus.Failed);

    /// <summary>Starts that were solved without convergence.</summary>
    public int NotConverged => Outcomes.Count(outcome => outcome.Minimum is null) - NotReached - Failed;
}

/// <summary>A minimum and the starts that reached it.</summary>
/// <param name="X">The point of lowest cost among those reached.</param>
/// <param name="Summary">That solve's summary.</param>
/// <param name="Starts">The starts that reached the minimum, ascending; their number over that of all starts is a guess at the size of its
/// basin.</param>
public sealed record LocalMinimum(IReadOnlyList<double> X, SolveSummary Summary, IReadOnlyList<int> Starts);

/// <summary>Where a start led.</summary>
/// <param name="Start">The start, inside the box.</param>
/// <param name="X">The point reached; empty if a cancellation left the start untouched, or the model threw.</param>
/// <param name="Summary">The solve's summary.</param>
/// <param name="Minimum">The minimum's place in <see cref="MultiStartResult.Minima"/>; null if the solve did not converge.</param>
public sealed record StartOutcome(IReadOnlyList<double> Start, IReadOnlyList<double> X, SolveSummary Summary, int? Minimum);
