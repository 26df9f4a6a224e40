namespace Retrodict.Learning;

/// <summary>How a reverse map's Jacobian is trained.</summary>
public enum JacobianPenalty
{
    /// <summary>Not at all; the reverse map learns from errors alone.</summary>
    None,

    /// <summary>
    /// E ‖J_g J_f ξ - ξ‖² with Rademacher probes ξ: the Jacobian Composition Penalty (arXiv 2511.21076), for problems that
    /// the measurement determines.
    /// </summary>
    Plain,

    /// <summary>
    /// E ‖J_g (J_f ξ + η) - ξ‖² with ξ from the prior and η from the noise, for a head of its own: its minimizer is the
    /// gain of the regularized Gauss-Newton step, so it suits ill-posed problems. The problem needs a Gaussian prior.
    /// </summary>
    Bayesian,
}
