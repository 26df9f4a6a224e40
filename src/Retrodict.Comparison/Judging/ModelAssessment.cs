namespace Retrodict.Comparison;

/// <summary>How good a model's estimates g(y) are. Means over instances that no training sees, those of certificates over the first of
/// them; NaN for what does not apply. <see cref="ModelAssessor"/> makes them.</summary>
public sealed record ModelAssessment
{
    /// <summary>How many instances.</summary>
    public required int Instances { get; init; }

    /// <summary>The error of the estimates, <see cref="PointMeasures.RmseX"/>.</summary>
    public required double RmseX { get; init; }

    /// <summary>The normalized residual of the estimates.</summary>
    public required double Residual { get; init; }

    /// <summary>The discrepancy of the estimates; NaN without a forward model.</summary>
    public required double Discrepancy { get; init; }

    /// <summary>How many of the instances have a certificate.</summary>
    public required int Certified { get; init; }

    /// <summary>The mean square of J_g J_f - I.</summary>
    public required double Rjcp { get; init; }

    /// <summary>The spectral norm of J_g J_f - I; NaN without a forward model.</summary>
    public required double CompositionError { get; init; }

    /// <summary>The relative error of the gain; NaN where the model has no head for it.</summary>
    public required double GainError { get; init; }
}
