namespace Retrodict;

/// <summary>How the weight of a prior is chosen.</summary>
public enum PriorWeightRule
{
    /// <summary>The largest weight at which the discrepancy, the root mean square of (F(x) - y) / noise, is
    /// <see cref="PriorWeightSearch.Target"/> (V. A. Morozov, Soviet Math. Dokl. 7, 1966). Needs the size of the noise.</summary>
    Discrepancy,

    /// <summary>The least generalized cross-validation m ‖misfit‖² / (m - tr H)², with H the influence matrix, the derivative of the
    /// fitted with respect to the measured data (G. H. Golub, M. Heath and G. Wahba, Technometrics 21, 1979). Needs independent noise of
    /// equal size in units of <see cref="InverseProblem.Noise"/>, but not that size. Its minimum may be flat.</summary>
    GeneralizedCrossValidation,

    /// <summary>The corner of the curve of log ‖prior residual‖ over log ‖misfit‖, where its curvature is greatest (P. C. Hansen
    /// and D. P. O'Leary, SIAM J. Sci. Comput. 14, 1993). Needs nothing of the noise; a heuristic without a theory of
    /// convergence.</summary>
    LCurve,
}
