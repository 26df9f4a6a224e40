using System.Globalization;
using Retrodict.Autodiff;

namespace Retrodict;

/// <summary>
/// What is believed of the unknown before the measurement: x ~ N(mean, C). It enters the objective as the residual L^-1 (x - mean) with C = L L^T; the
/// covariance is factored once and never inverted.
/// </summary>
public sealed class GaussianPrior : Prior
{
    /// <summary>What <see cref="FromSamples"/> and <see cref="FromSampleMoments"/> add to a sample covariance, as a fraction of its mean variance: fewer
    /// samples than unknowns, or samples in a subspace, leave it singular.</summary>
    public const double SampleJitter = 1e-3;

    private readonly double[] _mean;
    private readonly double[] _factor;

    private GaussianPrior(double[] mean, double[] factor)
    {
        _mean = mean;
        _factor = factor;
    }

    /// <summary>The number of unknowns, n.</summary>
    public int Dimension => _mean.Length;

    /// <inheritdoc/>
    public override int? Unknowns => _mean.Length;

    /// <summary>The mean, of length n.</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>The Cholesky factor L, [n, n] row-major, zeros above the diagonal.</summary>
    public ReadOnlySpan<double> Factor => _factor;

    /// <summary>A prior from its mean and covariance.</summary>
    /// <param name="mean">The mean, of length n.</param>
    /// <param name="covariance">The covariance C, [n, n] row-major, symmetric and positive definite.</param>
    /// <exception cref="ArgumentException">The sizes differ, C is not symmetric to 1e-8 of its largest entry, or it is not positive definite.</exception>
    public static GaussianPrior FromCovariance(ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance)
    {
        RequireSizes(mean, covariance);
        foreach (double entry in mean)
        {
            if (!double.IsFinite(entry))
            {
                throw new ArgumentException("The prior's mean has an entry that is not finite.", nameof(mean));
            }
        }

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
    /// <param name="covariance">Their unbiased covariance C, [n, n] row-major, as <see cref="SampleMoments.Of"/> gives it; it may be singular.</param>
    /// <exception cref="ArgumentException">The sizes differ, a number is not finite, C is zero, or C is not a covariance.</exception>
    public static GaussianPrior FromSampleMoments(ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance)
    {
        RequireSizes(mean, covariance);
        return WithJitter(mean, covariance.ToArray(), nameof(covariance));
    }

    private protected override Value Rows(Value x) =>
        Value.SolveTriangular(Value.Constant(_factor, [_mean.Length, _mean.Length]), x.Flatten() - Value.Constant(_mean));

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
            throw new ArgumentException($"A prior on {n} unknowns needs a covariance of {n} x {n} numbers, but {covariance.Length} were given.", nameof(covariance));
        }
    }
}
