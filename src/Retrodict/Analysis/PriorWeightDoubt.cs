namespace Retrodict;

/// <summary>Why a weight that meets its rule is doubtful.</summary>
public enum PriorWeightDoubt
{
    /// <summary>Nothing speaks against it, or the rule was not met.</summary>
    None,

    /// <summary>Of the m observations so many determine the unknowns that for the noise fewer than two, or fewer than a fifth of m, degrees
    /// of freedom are left: too few for rules that learn the noise from the measurement. More observations help, or
    /// <see cref="PriorWeightRule.Discrepancy"/> with a known size of the noise.</summary>
    FewDegreesOfFreedom,

    /// <summary>At no weight is the misfit as small as noise of the size in <see cref="InverseProblem.Noise"/> leaves it, in all but 1 of
    /// 740 draws: the noise is larger, or the model is wrong.</summary>
    NoiseIsLarger,

    /// <summary>The misfit is smaller than noise of the size in <see cref="InverseProblem.Noise"/> leaves it, in all but 1 of 740 draws:
    /// the noise is smaller, or is not independent from one observation to the next.</summary>
    NoiseIsSmaller,

    /// <summary>The plain cross-validation has a minimum less than two thirds as high at another weight.</summary>
    CompetingMinimum,

    /// <summary>The solution is farther from the one by robust cross-validation than noise moves that one: twice its
    /// <see cref="PriorWeightPoint.PropagatedNoise"/>, and for the L-curve, which no theory supports, once.</summary>
    FarFromCrossValidation,
}
