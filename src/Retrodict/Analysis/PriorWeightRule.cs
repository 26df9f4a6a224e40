namespace Retrodict;

/// <summary>How the weight of a prior is chosen.</summary>
public enum PriorWeightRule
{
    /// <summary>The largest weight at which the discrepancy, the root mean square of (F(x) - y) / noise, is
    /// <see cref="PriorWeightSearch.Target"/> (V. A. Morozov, Soviet Math. Dokl. 7, 1966). Needs the size of the noise.</summary>
    Discrepancy,

    /// <summary>
    /// The least generalized cross-validation V = m ‖misfit‖² / (m - tr H)², with H the influence matrix, the derivative of the fitted with
    /// respect to the measured data (G. H. Golub, M. Heath and G. Wahba, Technometrics 21, 1979), guarded against fitting noise. Needs
    /// independent noise of equal size in units of <see cref="InverseProblem.Noise"/>, but not that size. V is flat where less weight fits
    /// more noise, and left to chance where few degrees of freedom d = m - tr H remain. So <see cref="PriorWeightSearch.Robust"/>, the
    /// default, takes the least of
    /// <code>V (γ + (1 - γ) tr H² / m) (1 + √(2 / d))²,   γ = 0.05:</code>
    /// robust cross-validation, which weighs in how much noise the fit takes up (M. A. Lukas, Inverse Problems 22, 2006), of the upper end
    /// of what the noise may be, two standard deviations 1 / √(2d) above what the misfit says. Of several minima up to twice the least it
    /// takes the one with the largest weight.
    /// </summary>
    GeneralizedCrossValidation,

    /// <summary>The corner of the curve of log ‖prior residual‖ over log ‖misfit‖, where its curvature is greatest (P. C. Hansen
    /// and D. P. O'Leary, SIAM J. Sci. Comput. 14, 1993), as published. Needs nothing of the noise; a heuristic without a theory of
    /// convergence, which fits noise in a quarter of the measurements of the textbook's problems: it is
    /// <see cref="PriorWeightStatus.Doubtful"/> unless robust cross-validation says nearly the same.</summary>
    LCurve,
}
