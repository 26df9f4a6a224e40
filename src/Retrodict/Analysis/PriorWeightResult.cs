namespace Retrodict;

/// <summary>The weight that was chosen for a prior, and what it was chosen from.</summary>
public sealed record PriorWeightResult
{
    /// <summary>How the choice ended.</summary>
    public required PriorWeightStatus Status { get; init; }

    /// <summary>What speaks against the weight where the status is <see cref="PriorWeightStatus.Doubtful"/>.</summary>
    public PriorWeightDoubt Doubt { get; init; }

    /// <summary>The discrepancy that <see cref="PriorWeightRule.Discrepancy"/> asked for; null with other rules.</summary>
    public double? Target { get; init; }

    /// <summary>The weight: 1 is the prior as given.</summary>
    public required double Weight { get; init; }

    /// <summary>The problem with that weight, for further solves and analyses.</summary>
    public required InverseProblem Problem { get; init; }

    /// <summary>Its solution.</summary>
    public required SolveResult Solution { get; init; }

    /// <summary>All weights that were tried, ascending.</summary>
    public required IReadOnlyList<PriorWeightPoint> Curve { get; init; }

    /// <summary>Whether the curve was computed from one linearization, which is exact for a model without curvature in an unbounded box;
    /// else every point of it is a solve.</summary>
    public required bool IsLinear { get; init; }
}
