// Huber, "Robust Statistics" (1981), section 7.6: for residuals r in units of the noise, n rows and p parameters,
//     Cov = K² [Σ ψ(r)² / (n - p)] / [mean ψ'(r)]² (JᵀJ)⁻¹,      K = 1 + (p / n) var ψ'(r) / [mean ψ'(r)]²,
// with the plain Jacobian J. With ½ c² ρ((r / c)²) and s = (r / c)²: ψ = ρ'(s) r and ψ' = ρ'(s) + 2 s ρ''(s). Least squares gives
// the usual s² (JᵀJ)⁻¹.

namespace Retrodict.Regressions;

/// <summary>What the inverse of JᵀJ is multiplied by in a robust fit.</summary>
internal static class RobustCovariance
{
    /// <param name="loss">The loss.</param>
    /// <param name="residual">Residuals in units of the noise.</param>
    /// <param name="parameters">p, how many were fitted.</param>
    /// <returns>The factor; NaN without degrees of freedom, or where so many rows have no influence that the formula says
    /// nothing.</returns>
    public static double Factor(RobustLoss loss, ReadOnlySpan<double> residual, int parameters)
    {
        int n = residual.Length;
        double squares = 0, slopes = 0, slopeSquares = 0;
        foreach (double r in residual)
        {
            double s = r / loss.Scale * (r / loss.Scale);
            loss.Evaluate(s, out _, out double first, out double second);
            double slope = first + (2 * s * second);
            squares += first * r * first * r;
            slopes += slope;
            slopeSquares += slope * slope;
        }

        double mean = slopes / n;
        double variance = Math.Max(0, (slopeSquares / n) - (mean * mean));
        double correction = 1 + ((double)parameters / n * variance / (mean * mean));
        return n > parameters && mean > 0 ? correction * correction * squares / (n - parameters) / (mean * mean) : double.NaN;
    }
}
