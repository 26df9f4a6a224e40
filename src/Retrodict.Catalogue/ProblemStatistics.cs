using System.IO.Compression;
using Retrodict.Data;

namespace Retrodict.Catalogue;

/// <summary>
/// What a problem's training split looks like: mean and covariance of the unknown, mean and standard deviation of the noise-free observation, measured
/// over the full split with the default seed. They are shipped with the library, so that nobody has to draw thousands of samples for a prior.
/// </summary>
/// <remarks>A shipped file is an NPZ of float64 arrays: <c>x_mean</c> [n], <c>x_covariance_lower</c> [n (n + 1) / 2] (the lower triangle with the
/// diagonal, row by row), <c>y_mean</c> and <c>y_std</c> [m].</remarks>
public sealed class ProblemStatistics
{
    /// <summary>The least standard deviation that an observation is divided by, in the observation's units: components that hardly vary are not blown up.</summary>
    public const double LeastDeviation = 1e-6;

    private readonly double[] _unknownMean;
    private readonly double[] _unknownCovariance;
    private readonly double[] _observationMean;
    private readonly double[] _observationDeviation;

    private ProblemStatistics(double[] unknownMean, double[] unknownCovariance, double[] observationMean, double[] observationDeviation)
    {
        _unknownMean = unknownMean;
        _unknownCovariance = unknownCovariance;
        _observationMean = observationMean;
        _observationDeviation = observationDeviation;
    }

    /// <summary>The mean of x, [n].</summary>
    public ReadOnlySpan<double> UnknownMean => _unknownMean;

    /// <summary>The unbiased covariance of x, [n, n] row-major. It is as measured and may be close to singular;
    /// <see cref="GaussianPrior.FromSampleMoments"/> makes a prior of it.</summary>
    public ReadOnlySpan<double> UnknownCovariance => _unknownCovariance;

    /// <summary>The mean of F(x), [m], in the observation's units.</summary>
    public ReadOnlySpan<double> ObservationMean => _observationMean;

    /// <summary>The standard deviation of F(x), [m], unbiased and at least <see cref="LeastDeviation"/>, in the observation's units.</summary>
    public ReadOnlySpan<double> ObservationDeviation => _observationDeviation;

    /// <summary>The file that holds a problem's statistics.</summary>
    internal static string FileName(string problem) => $"{problem}.npz";

    /// <summary>Loads what is shipped for a problem.</summary>
    internal static ProblemStatistics Load(BenchmarkProblem problem)
    {
        string name = FileName(problem.Name);
        using Stream resource = typeof(ProblemStatistics).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"No statistics are shipped for the problem '{problem.Name}'.");
        using ZipArchive archive = new(resource, ZipArchiveMode.Read);
        double[] mean = Read("x_mean", problem.Unknowns);
        double[] triangle = Read("x_covariance_lower", problem.Unknowns * (problem.Unknowns + 1) / 2);
        return new ProblemStatistics(mean, Unpack(triangle, mean.Length), Read("y_mean", problem.Observations), Read("y_std", problem.Observations));

        double[] Read(string array, int length)
        {
            using Stream member = archive.GetEntry($"{array}.npy")?.Open() ?? throw new InvalidDataException($"'{name}' has no array '{array}'.");
            double[] values = NpyFile.Read(member, $"{name}:{array}").ToDoubles();
            return values.Length == length ? values : throw new InvalidDataException($"'{name}:{array}' has {values.Length} numbers instead of {length}.");
        }
    }

    /// <summary>Measures them anew: what is shipped must be this.</summary>
    internal static ProblemStatistics Measure(BenchmarkProblem problem)
    {
        (double[] x, double[] y) = DataGenerator.Draw(problem, Split.Train, problem.Sizes.Train, BenchmarkProblem.DefaultSeed);
        (double[] mean, double[] covariance) = SampleMoments.Of(x, problem.Unknowns);
        (double[] observationMean, double[] deviation) = Columns(y, problem.Observations);
        return new ProblemStatistics(mean, covariance, observationMean, deviation);
    }

    /// <summary>Writes the file to ship.</summary>
    internal void Write(string path) => NpzFile.Write(
        path,
        [
            ("x_mean", NumpyArray.Create(UnknownMean)),
            ("x_covariance_lower", NumpyArray.Create<double>(Pack(_unknownCovariance, _unknownMean.Length))),
            ("y_mean", NumpyArray.Create(ObservationMean)),
            ("y_std", NumpyArray.Create(ObservationDeviation)),
        ],
        compressed: true);

    /// <summary>Mean and clamped standard deviation of each column; the covariance between columns is not needed and would cost a factor of m.</summary>
    private static (double[] Mean, double[] Deviation) Columns(double[] rows, int columns)
    {
        int count = rows.Length / columns;
        var mean = new double[columns];
        var deviation = new double[columns];
        for (int i = 0; i < rows.Length; i++)
        {
            mean[i % columns] += rows[i] / count;
        }

        for (int i = 0; i < rows.Length; i++)
        {
            double difference = rows[i] - mean[i % columns];
            deviation[i % columns] += difference * difference / (count - 1);
        }

        for (int j = 0; j < columns; j++)
        {
            deviation[j] = Math.Max(Math.Sqrt(deviation[j]), LeastDeviation);
        }

        return (mean, deviation);
    }

    private static double[] Pack(double[] symmetric, int n)
    {
        var triangle = new double[n * (n + 1) / 2];
        for (int i = 0, next = 0; i < n; i++, next += i)
        {
            symmetric.AsSpan(i * n, i + 1).CopyTo(triangle.AsSpan(next));
        }

        return triangle;
    }

    private static double[] Unpack(double[] triangle, int n)
    {
        var symmetric = new double[n * n];
        int next = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                symmetric[(i * n) + j] = symmetric[(j * n) + i] = triangle[next++];
            }
        }

        return symmetric;
    }
}
