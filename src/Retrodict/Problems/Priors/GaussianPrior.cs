using System.Globalization;
using Retrodict.Autodiff;

namespace Retrodict;

/// <summary>
/// What is believed of the unknown before the measurement: x ~ N(mean, C). It enters the objective as the residual L^-1 (x - mean) with C =
/// L L^T; the covariance is factored once and never inverted.
/// </summary>
/// <remarks>
/// Of a covariance given by principal components, C = V D V^T + s² (I - V V^T) with orthonormal columns V, L is the symmetric square root,
/// and
/// <code>
///   L^-1 d = (d - V G V^T d) / s,   G = I - s D^-1/2
/// </code>
/// which costs two products with V and needs neither C nor a factorization.
/// </remarks>
public sealed class GaussianPrior : Prior
{
    /// <summary>What <see cref="FromSamples"/> and <see cref="FromSampleMoments"/> add to a sample covariance, as a fraction of its mean
    /// variance: fewer samples than unknowns, or samples in a subspace, leave it singular.</summary>
    public const double SampleJitter = 1e-3;

    private readonly double[] _mean;
    private readonly Lazy<double[]> _factor;
    private readonly PrincipalDirections? _directions;

    private GaussianPrior(double[] mean, double[] factor) => (_mean, _factor) = (mean, new(factor));

    private GaussianPrior(double[] mean, PrincipalDirections directions) =>
        (_mean, _factor, _directions) = (mean, new(directions.ToFactor), directions);

    /// <summary>The number of unknowns, n.</summary>
    public int Dimension => _mean.Length;

    /// <inheritdoc/>
    public override int? Unknowns => _mean.Length;

    /// <summary>The mean, of length n.</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>A factor L of the covariance, C = L L^T, [n, n] row-major, so that x = mean + L z with standard normal z is a draw: the
    /// Cholesky factor, zeros above the diagonal, or the symmetric square root of a covariance given by principal components, made when
    /// first asked for.</summary>
    public ReadOnlySpan<double> Factor => _factor.Value;

    /// <summary>A prior from its mean and covariance.</summary>
    /// <param name="mean">The mean, of length n.</param>
    /// <param name="covariance">The covariance C, [n, n] row-major, symmetric and positive definite.</param>
    /// <exception cref="ArgumentException">The sizes differ, C is not symmetric to 1e-8 of its largest entry, or it is not positive
    /// definite.</exception>
    public static GaussianPrior FromCovariance(ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance)
    {
        RequireSizes(mean, covariance);
        RequireFinite(mean);
        string jitter = SampleJitter.ToString(CultureInfo.InvariantCulture);
        double[] factor = CovarianceFactor.Of(
            covariance,
            mean.Length,
            "The prior's",
            $" If it comes from samples, use FromSamples or FromSampleMoments, which add {jitter} of the mean variance.");
        return new GaussianPrior(mean.ToArray(), factor);
    }

    /// <summary>A prior from examples of the unknown: their mean and C + 1e-3 mean(diag C) I, with C their unbiased covariance.</summary>
    /// <param name="samples">Examples, [count, n] row-major.</param>
    /// <param name="dimension">The number of unknowns, n.</param>
    /// <exception cref="ArgumentException">There are fewer than two samples, they are not finite, or they are all equal.</exception>
    public static GaussianPrior FromSamples(ReadOnlySpan<double> samples, int dimension)
    {
        (double[] mean, double[] covariance) = SampleMoments.Of(samples, dimension);
        return WithJitter(mean, covariance, nameof(samples));
    }

    /// <summary>A prior from moments of examples that were computed before: the mean and C + 1e-3 mean(diag C) I, the same as
    /// <see cref="FromSamples"/> makes of the examples themselves.</summary>
    /// <param name="mean">The examples' mean, of length n.</param>
    /// <param name="covariance">Their unbiased covariance C, [n, n] row-major, as <see cref="SampleMoments.Of"/> gives it; it may be
    /// singular.</param>
    /// <exception cref="ArgumentException">The sizes differ, a number is not finite, C is zero, or C is not a covariance.</exception>
    public static GaussianPrior FromSampleMoments(ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance)
    {
        RequireSizes(mean, covariance);
        return WithJitter(mean, covariance.ToArray(), nameof(covariance));
    }

    /// <summary>A prior from its mean and the leading principal components of its covariance, C = V D V^T + r (I - V V^T): variances along
    /// the components, and the same variance in every direction beside them. For many unknowns, of which C would be large or poorly
    /// known.</summary>
    /// <param name="mean">The mean, of length n.</param>
    /// <param name="components">V, [n, k] row-major, with k from 1 to n; its columns are orthonormal to 1e-6, as single precision holds
    /// them.</param>
    /// <param name="variances">D: the variance along each component, of length k, positive and finite.</param>
    /// <param name="remaining">r: the variance in every other direction, positive and finite.</param>
    /// <exception cref="ArgumentException">The sizes differ, a number is not finite, a variance is not positive, or the columns are not
    /// orthonormal.</exception>
    public static GaussianPrior FromPrincipalComponents(
        ReadOnlySpan<double> mean, ReadOnlySpan<double> components, ReadOnlySpan<double> variances, double remaining)
    {
        RequireFinite(mean);
        return new GaussianPrior(mean.ToArray(), new PrincipalDirections(mean.Length, components, variances, remaining));
    }

    private protected override Value Rows(Value x)
    {
        Value deviation = x.Flatten() - Value.Constant(_mean);
        return _directions?.Whiten(deviation) ?? Value.SolveTriangular(
            Value.Constant(_factor.Value, [_mean.Length, _mean.Length]), deviation);
    }

    private static void RequireFinite(ReadOnlySpan<double> mean)
    {
        foreach (double entry in mean)
        {
            if (!double.IsFinite(entry))
            {
                throw new ArgumentException("The prior's mean has an entry that is not finite.", nameof(mean));
            }
        }
    }

    private static GaussianPrior WithJitter(ReadOnlySpan<double> mean, double[] covariance, string parameter)
    {
        int n = mean.Length;
        double trace = 0;
        for (int i = 0; i < n; i++)
        {
            trace += covariance[(i * n) + i];
        }

        double jitter = SampleJitter * trace / n;

        // Written so that NaN fails too.
        if (!(jitter > 0))
        {
            throw new ArgumentException("The prior samples do not vary, so they have no covariance.", parameter);
        }

        for (int i = 0; i < n; i++)
        {
            covariance[(i * n) + i] += jitter;
        }

        return FromCovariance(mean, covariance);
    }

    private static void RequireSizes(ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance)
    {
        int n = mean.Length;
        if (n == 0 || covariance.Length != n * n)
        {
            throw new ArgumentException($"A prior on {n} unknowns needs a covariance of {n} x {n} numbers, but {covariance.Length} " +
                "were given.", nameof(covariance));
        }
    }
}
