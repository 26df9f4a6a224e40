using System.Globalization;

namespace Retrodict;

/// <summary>The point that a solve found, and how.</summary>
public sealed record SolveResult
{
    /// <summary>The best feasible point, in the shape of the unknown, row-major.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>Status, criterion, counts and measures.</summary>
    public required SolveSummary Summary { get; init; }

    /// <summary>The iteration table, if it was asked for; else empty.</summary>
    public IReadOnlyList<IterationRecord> History { get; init; } = [];

    /// <summary>How the solve ended.</summary>
    public SolveStatus Status => Summary.Status;

    /// <summary>The rule that ended it.</summary>
    public StoppingCriterion Criterion => Summary.Criterion;

    /// <summary>The result in a line.</summary>
    public override string ToString()
    {
        string x = string.Join(", ", X.Take(6).Select(component => component.ToString("G6", CultureInfo.InvariantCulture)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Status} ({Criterion}) after {Summary.Iterations} iterations: x = " +
                $"[{x}{(X.Count > 6 ? ", ..." : "")}], cost {Summary.Cost:G6}, discrepancy {Summary.Discrepancy:G4}");
    }
}
