using Retrodict.Numerics;

// Seber and Wild, "Nonlinear Regression" (1989), section 2.1: with the weighted residuals r = (F(x) - y) / noise and their Jacobian J,
//     s² = r'r / (rows - rank),   Cov(x) = s² (J'J)^-1   (or (J'J)^-1 with known noise),
// to first order in the noise. A Gaussian prior's rows stand in r and J as further observations (Theil and Goldberger, "On pure and mixed
// statistical estimation in economics", International Economic Review 2, 1961).

namespace Retrodict.Analysis;

/// <summary>Computes <see cref="FitStatistics"/> on plain arrays.</summary>
internal static class Covariance
{
    /// <param name="free">The positions of the unknowns that no bound holds.</param>
    /// <param name="jacobian">J, [rows, n].</param>
    /// <param name="residual">r, of length rows.</param>
    /// <param name="n">Unknowns.</param>
    /// <param name="noise">Whether the covariance is scaled by the residual variance.</param>
    /// <param name="tolerance">Singular values up to this times the largest count as zero.</param>
    public static FitStatistics Of(
        ReadOnlySpan<int> free, ReadOnlySpan<double> jacobian, ReadOnlySpan<double> residual, int n, NoiseLevel noise, double tolerance)
    {
        int rows = residual.Length;
        int count = free.Length;
        ScaledSingularValues values = ScaledSingularValues.Of(Matrix.Columns(jacobian, rows, n, free), rows, count, tolerance);
        double sum = Matrix.Dot(residual, residual);
        int degrees = rows - values.Rank;
        double deviation = degrees > 0 ? Math.Sqrt(sum / degrees) : double.NaN;
        double factor = noise == NoiseLevel.Estimated ? deviation * deviation : 1;
        double[] inverse = values.InverseGram();
        var covariance = new double[n * n];
        var undetermined = new bool[n];
        var held = new bool[n];
        Array.Fill(held, true);
        for (int i = 0; i < count; i++)
        {
            held[free[i]] = false;
            undetermined[free[i]] = values.Undetermined[i];
            for (int j = 0; j < count; j++)
            {
                double entry = inverse[(i * count) + j];

                // An exact fit's variance of 0 does not make an undetermined unknown known.
                covariance[(free[i] * n) + free[j]] = double.IsPositiveInfinity(entry) ? entry : entry * factor;
            }
        }

        return new FitStatistics(covariance, held, undetermined, values.Values)
        {
            Noise = noise,
            Rank = values.Rank,
            Condition = values.Condition,
            DegreesOfFreedom = degrees,
            ResidualSumOfSquares = sum,
            ResidualStandardDeviation = deviation,
        };
    }
}
