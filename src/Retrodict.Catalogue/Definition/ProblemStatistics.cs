namespace Retrodict.Catalogue;

/// <summary>
/// What a problem's training split looks like: mean and covariance of the unknown, mean and standard deviation of the noise-free
/// observation, measured over the full split with the default seed. They are shipped with the library, so that nobody has to draw thousands
/// of samples for a prior.
/// </summary>
public sealed class ProblemStatistics
{
    /// <summary>The least standard deviation that an observation is divided by, in the observation's units: components that hardly vary are
    /// not blown up.</summary>
    public const double LeastDeviation = 1e-6;

    private readonly double[] _unknownMean;
    private readonly double[] _unknownDeviation;
    private readonly Lazy<double[]> _unknownCovariance;
    private readonly double[] _observationMean;
    private readonly double[] _observationDeviation;

    /// <summary>Statistics with the whole covariance, [n, n] row-major.</summary>
    internal ProblemStatistics(double[] unknownMean, double[] unknownCovariance, double[] observationMean, double[] observationDeviation)
    {
        (_unknownMean, _observationMean, _observationDeviation) = (unknownMean, observationMean, observationDeviation);
        _unknownCovariance = new(unknownCovariance);
        _unknownDeviation = Deviation(unknownCovariance, unknownMean.Length);
    }

    /// <summary>Statistics with the covariance's leading components.</summary>
    internal ProblemStatistics(
        double[] unknownMean,
        double[] unknownDeviation,
        PrincipalComponents components,
        double[] observationMean,
        double[] observationDeviation)
    {
        (
            _unknownMean,
            _unknownDeviation,
            _observationMean,
            _observationDeviation) = (unknownMean, unknownDeviation, observationMean, observationDeviation);
        Components = components;
        _unknownCovariance = new(components.ToCovariance);
    }

    /// <summary>The mean of x, [n].</summary>
    public ReadOnlySpan<double> UnknownMean => _unknownMean;

    /// <summary>The standard deviation of each component of x, [n], unbiased.</summary>
    public ReadOnlySpan<double> UnknownDeviation => _unknownDeviation;

    /// <summary>The unbiased covariance of x, [n, n] row-major, as measured; it may be close to singular. Of problems with many unknowns
    /// the leading principal components are shipped, and this is the covariance that has them and the same variance in every other
    /// direction, made when first asked for; its trace is as measured.</summary>
    public ReadOnlySpan<double> UnknownCovariance => _unknownCovariance.Value;

    /// <summary>The mean of F(x), [m], in the observation's units.</summary>
    public ReadOnlySpan<double> ObservationMean => _observationMean;

    /// <summary>The standard deviation of F(x), [m], unbiased and at least <see cref="LeastDeviation"/>, in the observation's
    /// units.</summary>
    public ReadOnlySpan<double> ObservationDeviation => _observationDeviation;

    /// <summary>What the covariance of x is made of; null where all of it is shipped.</summary>
    internal PrincipalComponents? Components { get; }

    /// <summary>Measures them anew: what is shipped must be this.</summary>
    internal static ProblemStatistics Measure(BenchmarkProblem problem)
    {
        (double[] x, double[] y) = DataGenerator.Draw(problem, Split.Train, problem.Sizes.Train, BenchmarkProblem.DefaultSeed);
        (double[] mean, double[] covariance) = SampleMoments.Of(x, problem.Unknowns);
        (double[] observationMean, double[] deviation) = SampleMoments.OfComponents(y, problem.Observations, LeastDeviation);
        return problem.CovarianceComponents is not { } count
            ? new ProblemStatistics(mean, covariance, observationMean, deviation)
            : new ProblemStatistics(
                mean,
                Deviation(covariance, mean.Length),
                PrincipalComponents.Of(covariance, mean.Length, count),
                observationMean,
                deviation);
    }

    private static double[] Deviation(double[] covariance, int n) =>
        [.. Enumerable.Range(0, n).Select(i => Math.Sqrt(covariance[i * (n + 1)]))];
}
