namespace Retrodict;

/// <summary>
/// How far a learned local inverse g can be trusted at a point x, with dense Jacobians: a learned step beside the Gauss-Newton step. With r
/// the standardized residual there, J_f the standardized model's Jacobian, J_f⁺ its pseudo-inverse, C = J_g J_f - I and q the part of r
/// outside of the range of J_f,
/// <code>
///   J_g r - J_f⁺ r = C J_f⁺ r + J_g q,
///   ‖J_g r - J_f⁺ r‖ ≤ ‖C‖₂ ‖r - q‖ / σ_min + ‖J_g q‖.
/// </code>
/// The first term is Theorem 4.2 of arXiv 2605.13068. The second, which is zero for a square regular J_f, is what g makes of misfit that no
/// step can remove. For J_f of lesser rank σ_min is the smallest singular value that is not rounding, and the Gauss-Newton step is the
/// shortest one.
/// </summary>
/// <param name="Rjcp">E ‖C ξ‖² / n by the same random signs ξ as in solves.</param>
/// <param name="MeanSquareComposition">What <paramref name="Rjcp"/> estimates: ‖C‖_F² / n.</param>
/// <param name="CompositionError">‖C‖₂.</param>
/// <param name="SmallestSingularValue">σ_min of J_f; zero if J_f is.</param>
/// <param name="Rank">The rank of J_f to rounding.</param>
/// <param name="Bound">The bound on <paramref name="Deviation"/>, for α = 1; both are proportional to α.</param>
/// <param name="Deviation">‖J_g r - J_f⁺ r‖, how far the tangent step is from the Gauss-Newton step.</param>
/// <param name="OutsideRange">‖J_g q‖, included in <paramref name="Bound"/>.</param>
/// <param name="GaussNewtonLength">‖J_f⁺ r‖, the length of the Gauss-Newton step, beside which the deviation is small or not.</param>
/// <param name="Residual">Root mean square of (F(x) - y) / <see cref="InverseProblem.ObservationScale"/>.</param>
/// <param name="Discrepancy">Root mean square of (F(x) - y) / <see cref="InverseProblem.Noise"/>.</param>
/// <param name="GainError">‖(J - K) M^½‖_F / ‖K M^½‖_F with J the Jacobian of <see cref="ReverseMap.Gain"/> (or of the map), K =
/// C J_fᵀ M⁻¹ and M = J_f C J_fᵀ + S, C being the prior's covariance and S the standardized noise's: the bayesian form asks for at
/// most 0.05. NaN for problems without a <see cref="GaussianPrior"/>.</param>
public sealed record LearnedCertificate(
    double Rjcp,
    double MeanSquareComposition,
    double CompositionError,
    double SmallestSingularValue,
    int Rank,
    double Bound,
    double Deviation,
    double OutsideRange,
    double GaussNewtonLength,
    double Residual,
    double Discrepancy,
    double GainError);
