namespace Retrodict;

/// <summary>What is taken for the size of the noise when errors of a fit are computed.</summary>
public enum NoiseLevel
{
    /// <summary>Only the ratios of <see cref="InverseProblem.Noise"/> are trusted. Its level is estimated from the fit: the covariance is
    /// multiplied by s² = residual sum of squares / degrees of freedom. The choice where the noise was left at 1, and of most regression
    /// programs.</summary>
    Estimated,

    /// <summary><see cref="InverseProblem.Noise"/> is the standard deviation of the measurement. The covariance is taken as it is, and s²
    /// near 1 says that the model explains the measurement.</summary>
    Known,
}
