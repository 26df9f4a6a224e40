using Retrodict.Learning;

namespace Retrodict.Comparison;

/// <summary>What cases differ in from a problem's own settings. Null is the problem's own.</summary>
public sealed record CaseSettings
{
    /// <summary>Which forward model methods see; <see cref="Arm.Surrogate"/> needs a <see cref="Model"/> that has one.</summary>
    public Arm Arm { get; init; }

    /// <summary>A learned inverse of the problem; residuals are measured in its standard deviations of observations.</summary>
    public DeceptronModel? Model { get; init; }

    /// <summary>Whether the objective has a prior. Default true.</summary>
    public bool HasPrior { get; init; } = true;

    /// <summary>Examples of the unknown that the prior is made from; without a model, residuals are measured in the standard deviations of
    /// what F makes of them. Null for the shipped prior.</summary>
    public RowTable? PriorSamples { get; init; }

    /// <summary>The bounds on the unknown.</summary>
    public Box? Bounds { get; init; }

    /// <summary>How misfits count; null for plain least squares.</summary>
    public RobustLoss? Loss { get; init; }

    /// <summary>What ends solves besides a method's own rule.</summary>
    public StopChoice Stop { get; init; }

    /// <summary>The normalized residual at which an instance counts as solved.</summary>
    public double? Tolerance { get; init; }

    /// <summary>The most iterations of a solve; null for the problem's or the method's, whichever is larger, and the problem's for
    /// published methods.</summary>
    public int? MaxIterations { get; init; }

    /// <summary>Where methods start.</summary>
    public StartPoint Start { get; init; }

    /// <summary>Where methods start instead: a row for all instances, or a row each.</summary>
    public RowTable? Starts { get; init; }

    /// <summary>How many instances are solved, the first ones; null for all.</summary>
    public int? Count { get; init; }
}
