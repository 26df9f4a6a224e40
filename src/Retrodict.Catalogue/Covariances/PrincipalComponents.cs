using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Catalogue;

/// <summary>
/// A covariance by its leading directions, C = V diag(variances) V^T + remaining (I - V V^T), with orthonormal columns V: what is left
/// beside them is taken to vary alike in every direction. With the leading eigenpairs of a sample covariance and the mean of the other
/// eigenvalues this is the covariance of greatest likelihood of that form (M. E. Tipping and C. M. Bishop, "Probabilistic principal
/// component analysis", Journal of the Royal Statistical Society B 61, 1999, eq. 7 and 8), and its trace is that of the sample covariance.
/// </summary>
/// <param name="Vectors">V, [n, k] row-major, orthonormal columns.</param>
/// <param name="Variances">The variance along each of them, [k], descending.</param>
/// <param name="Remaining">The variance in every other direction.</param>
internal sealed record PrincipalComponents(double[] Vectors, double[] Variances, double Remaining)
{
    /// <summary>The number of components, k.</summary>
    public int Count => Variances.Length;

    /// <summary>The leading components of a covariance.</summary>
    /// <param name="covariance">The covariance, [n, n] row-major.</param>
    /// <param name="n">Its number of rows.</param>
    /// <param name="count">How many components, from 1 below n.</param>
    public static PrincipalComponents Of(ReadOnlySpan<double> covariance, int n, int count)
    {
        var values = new double[n];
        var vectors = new double[n * n];
        if (!SymmetricEigen.TryDecompose(covariance, n, values, vectors, new double[SymmetricEigen.WorkspaceLength(n)]))
        {
            throw new ArgumentException("The covariance has no eigenvalues: it is not finite.", nameof(covariance));
        }

        // Eigenvalues ascend.
        var leading = new double[n * count];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < count; j++)
            {
                leading[(i * count) + j] = vectors[(i * n) + n - 1 - j];
            }
        }

        return new PrincipalComponents(leading, [.. values.Reverse().Take(count)], values.Take(n - count).Average());
    }

    /// <summary>C, [n, n] row-major.</summary>
    public double[] ToCovariance()
    {
        int n = Vectors.Length / Count;
        var covariance = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = i == j ? Remaining : 0;
                for (int k = 0; k < Count; k++)
                {
                    sum += (Variances[k] - Remaining) * Vectors[(i * Count) + k] * Vectors[(j * Count) + k];
                }

                covariance[(i * n) + j] = covariance[(j * n) + i] = sum;
            }
        }

        return covariance;
    }
}
