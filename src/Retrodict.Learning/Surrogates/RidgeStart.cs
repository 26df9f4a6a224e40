using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Learning;

/// <summary>
/// Where training of the affine module begins: with t the standardized observations before the activation, W minimizes
/// ‖t - W x - b‖² + 1e-4 ‖W‖² over all samples, V = (WᵀW + 1e-4 I)⁻¹ Wᵀ and c = -V b.
/// </summary>
/// <remarks>
/// Source: A. L. Kachhadiya, arXiv 2511.21076, section 3; biases are this library's, those of the publication are zero, as centered data
/// have them.
/// </remarks>
internal static class RidgeStart
{
    private const double Ridge = 1e-4;

    /// <summary>W [m, n] and b [m].</summary>
    public static (double[] W, double[] B) Forward(double[] x, double[] t, int n, int m)
    {
        int count = x.Length / n;
        (double[] xMean, double[] tMean) = (Mean(x, n), Mean(t, m));
        double[] centered = Centered(x, xMean);
        double[] transposed = Solve(centered, n, Products(centered, n, Centered(t, tMean), m), m);
        double[] w = Transposed(transposed, n, m);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                tMean[i] -= w[(i * n) + j] * xMean[j];
            }
        }

        return count > 0 ? (w, tMean) : throw new ArgumentException("There are no samples.", nameof(x));
    }

    /// <summary>V [n, m].</summary>
    public static double[] Reverse(double[] w, int n, int m) => Solve(w, n, Transposed(w, m, n), m);

    /// <summary>-V b.</summary>
    public static double[] ReverseBias(double[] v, double[] b)
    {
        int m = b.Length;
        var c = new double[v.Length / m];
        for (int i = 0; i < v.Length; i++)
        {
            c[i / m] -= v[i] * b[i % m];
        }

        return c;
    }

    public static double[] Transposed(double[] a, int rows, int columns)
    {
        var result = new double[a.Length];
        for (int i = 0; i < a.Length; i++)
        {
            result[(i % columns * rows) + (i / columns)] = a[i];
        }

        return result;
    }

    /// <summary>(AᵀA + ridge I)⁻¹ B for rows A [., n] and B [n, columns].</summary>
    private static double[] Solve(double[] rows, int n, double[] right, int columns)
    {
        int count = rows.Length / n;
        var gram = new double[n * n];
        MatrixProducts.Gram<double>(rows, count, n, gram, new double[MatrixProducts.GramWorkspaceLength<double>(count, n)]);
        for (int i = 0; i < n; i++)
        {
            gram[i * (n + 1)] += Ridge;
        }

        if (!CholeskyFactorization.TryFactor<double>(gram, n))
        {
            throw new ArgumentException(
                "The data are so far from 1 that their ridge fit cannot be computed; scale the unknowns.", nameof(rows));
        }

        CholeskyFactorization.Solve<double>(gram, n, right, columns);
        return right;
    }

    /// <summary>AᵀB of rows A [count, n] and B [count, m].</summary>
    private static double[] Products(double[] a, int n, double[] b, int m)
    {
        var result = new double[n * m];
        for (int row = 0; row < a.Length / n; row++)
        {
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < m; j++)
                {
                    result[(i * m) + j] += a[(row * n) + i] * b[(row * m) + j];
                }
            }
        }

        return result;
    }

    private static double[] Mean(double[] rows, int columns)
    {
        var mean = new double[columns];
        for (int i = 0; i < rows.Length; i++)
        {
            mean[i % columns] += rows[i] / (rows.Length / columns);
        }

        return mean;
    }

    private static double[] Centered(double[] rows, double[] mean) => [.. rows.Select((value, i) => value - mean[i % mean.Length])];
}
