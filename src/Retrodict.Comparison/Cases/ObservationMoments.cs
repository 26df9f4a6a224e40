using Retrodict.Autodiff;
using Retrodict.Catalogue;
using Retrodict.Learning;

namespace Retrodict.Comparison;

/// <summary>What observations are standardized by: their mean and standard deviation, by component. Immutable.</summary>
public sealed class ObservationMoments
{
    private readonly double[] _mean;
    private readonly double[] _deviation;

    private ObservationMoments(double[] mean, double[] deviation) => (_mean, _deviation) = (mean, deviation);

    /// <summary>The mean, [m].</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>The standard deviation, [m].</summary>
    public ReadOnlySpan<double> Deviation => _deviation;

    /// <summary>Those of a problem's training data.</summary>
    /// <param name="problem">The problem.</param>
    public static ObservationMoments Of(BenchmarkProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(problem.Statistics.ObservationMean.ToArray(), problem.Statistics.ObservationDeviation.ToArray());
    }

    /// <summary>Those that a model was trained with.</summary>
    /// <param name="model">The model.</param>
    public static ObservationMoments Of(DeceptronModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new([.. model.ObservationMean], [.. model.ObservationDeviation]);
    }

    /// <summary>Those of samples of the unknown pushed through a forward model; unbiased, and clamped like the shipped ones.</summary>
    /// <param name="forward">The forward model of one sample.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="threads">How many threads to use, all when null; the moments do not depend on it.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ObservationMoments Pushed(
        Function forward, RowTable samples, int? threads = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var map = new RowMap(forward);
        double[] observations = map.Apply(samples.Count, (row, input) => samples[row].CopyTo(input), threads, cancellation);
        (double[] mean, double[] deviation) = SampleMoments.OfComponents(observations, map.OutputLength, ProblemStatistics.LeastDeviation);
        return new ObservationMoments(mean, deviation);
    }
}
