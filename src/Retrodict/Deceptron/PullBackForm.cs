namespace Retrodict;

/// <summary>How a learned local inverse turns the standardized residual r at x into a direction; y_t = y + r is the model's standardized
/// value there.</summary>
public enum PullBackForm
{
    /// <summary>p = g(y_t - r) - g(y_t), which is g(y) - g(y_t): to first order -J_g r. The default.</summary>
    Increment,

    /// <summary>p = -J_g(y_t) r, by one forward product.</summary>
    Tangent,

    /// <summary>p = mean - x + J(y_t) (J_F (x - mean) - r), with the prior's mean and the Jacobian J of <see cref="ReverseMap.Gain"/>: the
    /// Gauss-Newton step to the maximum a posteriori where J is the gain C J_Fᵀ (J_F C J_Fᵀ + S)⁻¹ of the prior's covariance C and
    /// the noise's S, without a linear solve. Only as good as the gain. Needs a problem with a <see cref="GaussianPrior"/>.</summary>
    Bayesian,
}
