using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict;

/// <summary>The Cholesky factor of a covariance, with errors that name what is wrong with it.</summary>
internal static class CovarianceFactor
{
    /// <summary>L with C = L L^T, [n, n] row-major, zeros above the diagonal.</summary>
    /// <param name="covariance">C, [n, n] row-major.</param>
    /// <param name="n">Its number of rows.</param>
    /// <param name="whose">Whose covariance it is, at the start of a message.</param>
    /// <param name="advice">What ends the message where it is not positive definite.</param>
    /// <exception cref="ArgumentException">C is not symmetric to 1e-8 of its largest entry, or not positive definite.</exception>
    public static double[] Of(ReadOnlySpan<double> covariance, int n, string whose, string advice = "")
    {
        double largest = 0;
        foreach (double entry in covariance)
        {
            largest = Math.Max(largest, Math.Abs(entry));
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (!(Math.Abs(covariance[(i * n) + j] - covariance[(j * n) + i]) <= 1e-8 * largest))
                {
                    throw new ArgumentException(
                        $"{whose} covariance is not symmetric: entries ({i}, {j}) and ({j}, {i}) differ or are NaN.", nameof(covariance));
                }
            }
        }

        double[] factor = covariance.ToArray();
        return CholeskyFactorization.TryFactor<double>(factor, n, out int pivot)
            ? factor
            : throw new ArgumentException(
                $"{whose} covariance is not positive definite (pivot {pivot} of {n}).{advice}", nameof(covariance));
    }
}
