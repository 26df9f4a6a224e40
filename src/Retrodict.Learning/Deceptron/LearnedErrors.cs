using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Learning;

/// <summary>The covariance of a reverse map's errors by its principal components, and the variance in every other direction.</summary>
/// <param name="Components">Orthonormal columns, [n, k].</param>
/// <param name="Variances">The variances along them, [k].</param>
/// <param name="Remaining">The variance elsewhere.</param>
public sealed record LearnedErrors(IReadOnlyList<double> Components, IReadOnlyList<double> Variances, double Remaining)
{
    private const int MostComponents = 160;

    /// <summary>The errors as a Gaussian about zero.</summary>
    public GaussianPrior ToPrior()
    {
        int n = Components.Count / Variances.Count;
        return GaussianPrior.FromPrincipalComponents(new double[n], [.. Components], [.. Variances], Remaining);
    }

    /// <summary>
    /// From errors [count, n]: second moments about zero, as a map's bias is an error too. Directions that samples cannot tell, and those
    /// that hold less than a millionth of the largest variance, share what is left.
    /// </summary>
    internal static LearnedErrors Of(ReadOnlySpan<double> errors, int n)
    {
        int count = errors.Length / n;
        var moments = new double[n * n];
        MatrixProducts.Gram<double>(errors, count, n, moments, new double[MatrixProducts.GramWorkspaceLength<double>(count, n)]);
        (double[] values, double[] vectors) = (new double[n], new double[n * n]);
        if (!SymmetricEigen.TryDecompose(moments, n, values, vectors, new double[SymmetricEigen.WorkspaceLength(n)]))
        {
            throw new ArgumentException("The reverse map's errors are not finite.", nameof(errors));
        }

        // Ascending: the largest are last.
        double largest = Math.Max(values[^1], 1e-300);
        int k = 1;
        while (k < Math.Min(Math.Min(n - 1, count / 4), MostComponents) && values[n - 1 - k] > 1e-6 * largest)
        {
            k++;
        }

        k = Math.Min(k, n);
        double rest = values.Take(n - k).Sum(value => Math.Max(value, 0));
        double remaining = Math.Max(n > k ? rest / count / (n - k) : largest / count, 1e-9 * largest / count);
        var components = new double[n * k];
        for (int j = 0; j < k; j++)
        {
            for (int i = 0; i < n; i++)
            {
                components[(i * k) + j] = vectors[(i * n) + n - 1 - j];
            }
        }

        return new LearnedErrors(
            components, [.. Enumerable.Range(0, k).Select(j => Math.Max(values[n - 1 - j] / count, remaining))], remaining);
    }
}
