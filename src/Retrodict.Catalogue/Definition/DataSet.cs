using Retrodict.Data;

namespace Retrodict.Catalogue;

/// <summary>
/// Samples of a problem: unknowns x, noise-free observations F(x) and noisy observations y, with what observations are standardized by.
/// Rows are samples; images and fields are flattened row-major.
/// </summary>
public sealed class DataSet
{
    private readonly double[] _x;
    private readonly double[] _yClean;
    private readonly double[] _y;

    internal DataSet(BenchmarkProblem problem, Split split, ulong seed, double[] x, double[] yClean, double[] y)
    {
        Problem = problem;
        Split = split;
        Seed = seed;
        _x = x;
        _yClean = yClean;
        _y = y;
    }

    /// <summary>The problem that the samples belong to.</summary>
    public BenchmarkProblem Problem { get; }

    /// <summary>The part of the data that they belong to.</summary>
    public Split Split { get; }

    /// <summary>The seed they were drawn with.</summary>
    public ulong Seed { get; }

    /// <summary>The number of samples.</summary>
    public int Count => _x.Length / Problem.Unknowns;

    /// <summary>The true unknowns x, [Count, n] row-major.</summary>
    public ReadOnlySpan<double> X => _x;

    /// <summary>The noisy observations y = F(x) + noise, [Count, m] row-major, in the observation's raw units.</summary>
    public ReadOnlySpan<double> Y => _y;

    /// <summary>The noise-free observations F(x), [Count, m] row-major, in the observation's raw units.</summary>
    public ReadOnlySpan<double> YClean => _yClean;

    /// <summary>What is subtracted to standardize an observation, [m]: the shipped mean, see
    /// <see cref="ProblemStatistics.ObservationMean"/>.</summary>
    public ReadOnlySpan<double> YMean => Problem.Statistics.ObservationMean;

    /// <summary>What it is then divided by, [m]: the shipped standard deviation, see
    /// <see cref="ProblemStatistics.ObservationDeviation"/>.</summary>
    public ReadOnlySpan<double> YStd => Problem.Statistics.ObservationDeviation;

    /// <summary>The unknown of one sample, [n].</summary>
    /// <param name="sample">The sample, from 0 below <see cref="Count"/>.</param>
    public ReadOnlySpan<double> Unknown(int sample) => _x.AsSpan(sample * Problem.Unknowns, Problem.Unknowns);

    /// <summary>The noisy observation of one sample, [m].</summary>
    /// <param name="sample">The sample, from 0 below <see cref="Count"/>.</param>
    public ReadOnlySpan<double> Observation(int sample) => _y.AsSpan(sample * Problem.Observations, Problem.Observations);

    /// <summary>The noise-free observation of one sample, [m].</summary>
    /// <param name="sample">The sample, from 0 below <see cref="Count"/>.</param>
    public ReadOnlySpan<double> CleanObservation(int sample) => _yClean.AsSpan(sample * Problem.Observations, Problem.Observations);

    /// <summary>Writes the samples as a NumPy NPZ file with the arrays <c>x</c> [Count, n], <c>y</c> and <c>y_clean</c> [Count, m],
    /// <c>y_mean</c> and
    /// <c>y_std</c> [m], all float64. An old file of that name stays whole until the new one is complete.</summary>
    /// <param name="path">The file.</param>
    public void Write(string path) => NpzFile.Write(
        path,
        [
            ("x", NumpyArray.Create(X, Count, Problem.Unknowns)),
            ("y", NumpyArray.Create(Y, Count, Problem.Observations)),
            ("y_clean", NumpyArray.Create(YClean, Count, Problem.Observations)),
            ("y_mean", NumpyArray.Create(YMean)),
            ("y_std", NumpyArray.Create(YStd)),
        ],
        compressed: false);
}
