namespace Retrodict;

/// <summary>Why a solve with a learned local inverse went on with exact steps.</summary>
public enum SafeguardReason
{
    /// <summary>It did not: learned steps were enough.</summary>
    None,

    /// <summary>The composition error RJCP was above <see cref="SafeguardCalibration.CompositionThreshold"/>, or not finite.</summary>
    Composition,

    /// <summary>The estimate's discrepancy was above <see cref="SafeguardCalibration.DiscrepancyThreshold"/>.</summary>
    Discrepancy,

    /// <summary>The reverse map, or the model at its estimate, gave a NaN or an infinity.</summary>
    NonFinite,

    /// <summary>The learned direction does not point downhill.</summary>
    NoDescent,

    /// <summary>The line search found no lower point along the learned direction.</summary>
    LineSearch,

    /// <summary>The last learned step gained, or the next one promises, less than <see cref="DeceptronGradient.LeastProgress"/>.</summary>
    LittleProgress,

    /// <summary><see cref="DeceptronGradient.MaxLearnedSteps"/> were taken.</summary>
    StepLimit,
}
