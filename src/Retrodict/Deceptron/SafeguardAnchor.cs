namespace Retrodict;

/// <summary>What stands beside the misfit in the objective of <see cref="DeceptronGradient"/>.</summary>
public enum SafeguardAnchor
{
    /// <summary>A Gaussian around the learned estimate with the covariance of its errors, <see cref="ReverseMap.Errors"/>, in place of the
    /// problem's prior, which the estimate has in it already.</summary>
    LearnedErrors,

    /// <summary>The problem's own prior, if it has one.</summary>
    ProblemPrior,

    /// <summary>Nothing: the misfit alone.</summary>
    None,
}
