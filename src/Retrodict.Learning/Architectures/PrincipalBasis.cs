using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Learning;

/// <summary>
/// Coordinates in which an inverse is small, from samples: the principal directions of the unknown, the components of the standardized
/// observation that stand out of the noise, and the linear estimate from the latter to the former that has the least mean square error.
/// </summary>
internal sealed class PrincipalBasis
{
    private PrincipalBasis()
    {
    }

    /// <summary>
    /// Q, [features, m]: rows are eigenvectors of the observations' covariance over the root of the noisy component's variance.
    /// </summary>
    public required double[] Features { get; init; }

    /// <summary>A, [components, features].</summary>
    public required double[] Linear { get; init; }

    /// <summary>P, [n, components], orthonormal columns.</summary>
    public required double[] Directions { get; init; }

    /// <summary>The variances along the columns of P, descending.</summary>
    public required double[] Variances { get; init; }

    /// <summary>The unknown's mean, [n].</summary>
    public required double[] Mean { get; init; }

    public int FeatureCount => Features.Length / Observations;

    public int ComponentCount => Variances.Length;

    private int Observations { get; init; }

    /// <summary>From samples of x and of the noise-free standardized observation.</summary>
    /// <param name="unknowns">[count, n].</param>
    /// <param name="observations">[count, m].</param>
    /// <param name="noise">The standardized noise's deviations, [m].</param>
    /// <param name="neglected">Share of the unknown's variance that may stay outside of its principal directions.</param>
    /// <param name="leastSignal">The least variance of a component, in units of the noise's.</param>
    public static PrincipalBasis Of(
        ReadOnlySpan<double> unknowns, ReadOnlySpan<double> observations, ReadOnlySpan<double> noise, double neglected, double leastSignal)
    {
        int m = noise.Length;
        int count = observations.Length / m;
        int n = unknowns.Length / count;
        (double[] mean, double[] covariance) = SampleMoments.Of(unknowns, n);
        (double[] variances, double[] vectors) = Descending(covariance, n);
        double all = variances.Sum(), rest = all;
        int components = 0;
        while (components < n - 1 && (components == 0 || rest > neglected * all))
        {
            rest -= Math.Max(variances[components++], 0);
        }

        components = rest > neglected * all ? n : components;
        (_, double[] observed) = SampleMoments.Of(observations, m);
        (double[] signals, double[] modes) = Descending(observed, m);

        // The noise along a component; with the same deviation everywhere, its square.
        var noises = new double[m];
        for (int k = 0; k < m; k++)
        {
            for (int i = 0; i < m; i++)
            {
                noises[k] += Square(modes[(i * m) + k] * noise[i]);
            }
        }

        int features = 1;
        while (features < m && signals[features] > leastSignal * noises[features])
        {
            features++;
        }

        var rows = new double[features * m];
        for (int k = 0; k < features; k++)
        {
            double scale = 1 / Math.Sqrt(Math.Max(signals[k], 0) + Math.Max(noises[k], 1e-12 * signals[0]));
            for (int i = 0; i < m; i++)
            {
                rows[(k * m) + i] = modes[(i * m) + k] * scale;
            }
        }

        double[] directions = Leading(vectors, n, components);
        return new PrincipalBasis
        {
            Observations = m,
            Features = rows,
            Directions = directions,
            Variances = [.. variances.Take(components).Select(variance => Math.Max(variance, 0))],
            Mean = mean,
            Linear = LinearEstimate(unknowns, observations, noise, mean, directions, rows, count),
        };
    }

    /// <summary>A = C_zq C_qq⁻¹, with the noise's share of C_qq exact.</summary>
    private static double[] LinearEstimate(
        ReadOnlySpan<double> unknowns,
        ReadOnlySpan<double> observations,
        ReadOnlySpan<double> noise,
        double[] mean,
        double[] directions,
        double[] rows,
        int count)
    {
        (int n, int m) = (mean.Length, noise.Length);
        (int components, int features) = (directions.Length / n, rows.Length / m);

        // [q z] of every sample, so that one product has all moments.
        int width = features + components;
        var joint = new double[count * width];
        var centered = new double[n];
        for (int s = 0; s < count; s++)
        {
            for (int k = 0; k < features; k++)
            {
                joint[(s * width) + k] = Dot(rows.AsSpan(k * m, m), observations.Slice(s * m, m));
            }

            for (int i = 0; i < n; i++)
            {
                centered[i] = unknowns[(s * n) + i] - mean[i];
            }

            for (int i = 0; i < n; i++)
            {
                for (int k = 0; k < components; k++)
                {
                    joint[(s * width) + features + k] += centered[i] * directions[(i * components) + k];
                }
            }
        }

        var moments = new double[width * width];
        MatrixProducts.Gram<double>(joint, count, width, moments, new double[MatrixProducts.GramWorkspaceLength<double>(count, width)]);
        var covariance = new double[features * features];
        for (int a = 0; a < features; a++)
        {
            for (int b = 0; b < features; b++)
            {
                double shared = 0;
                for (int i = 0; i < m; i++)
                {
                    shared += rows[(a * m) + i] * noise[i] * noise[i] * rows[(b * m) + i];
                }

                covariance[(a * features) + b] = (moments[(a * width) + b] / count) + shared + (a == b ? 1e-9 : 0);
            }
        }

        var solution = new double[features * components];
        for (int a = 0; a < features; a++)
        {
            for (int k = 0; k < components; k++)
            {
                solution[(a * components) + k] = moments[(a * width) + features + k] / count;
            }
        }

        if (!CholeskyFactorization.TryFactor<double>(covariance, features))
        {
            throw new ArgumentException("The samples' observations are not finite or do not vary.", nameof(observations));
        }

        CholeskyFactorization.Solve<double>(covariance, features, solution, components);
        var linear = new double[components * features];
        for (int a = 0; a < features; a++)
        {
            for (int k = 0; k < components; k++)
            {
                linear[(k * features) + a] = solution[(a * components) + k];
            }
        }

        return linear;
    }

    private static (double[] Values, double[] Vectors) Descending(double[] symmetric, int n)
    {
        (double[] values, double[] vectors) = (new double[n], new double[n * n]);
        if (!SymmetricEigen.TryDecompose(symmetric, n, values, vectors, new double[SymmetricEigen.WorkspaceLength(n)]))
        {
            throw new ArgumentException("The samples have no finite covariance.", nameof(symmetric));
        }

        Array.Reverse(values);
        for (int i = 0; i < n; i++)
        {
            vectors.AsSpan(i * n, n).Reverse();
        }

        return (values, vectors);
    }

    private static double[] Leading(double[] vectors, int n, int columns)
    {
        var leading = new double[n * columns];
        for (int i = 0; i < n; i++)
        {
            vectors.AsSpan(i * n, columns).CopyTo(leading.AsSpan(i * columns));
        }

        return leading;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static double Square(double x) => x * x;
}
