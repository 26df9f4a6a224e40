using System.IO.Compression;
using Retrodict.Data;

namespace Retrodict.Catalogue;

/// <summary>
/// The NPZ file in which a problem's statistics ship: <c>x_mean</c> [n], <c>y_mean</c> and <c>y_std</c> [m], all float64, and the
/// covariance of x, either
/// <c>x_covariance_lower</c> [n (n + 1) / 2] (float64, the lower triangle with the diagonal, row by row) or, of k leading principal
/// components,
/// <c>x_std</c> [n], <c>x_component_variances</c> [k], <c>x_remaining_variance</c> [1] (float64) and <c>x_components</c> [n, k] (float32,
/// orthonormal columns).
/// </summary>
internal static class StatisticsFile
{
    /// <summary>The file that holds a problem's statistics.</summary>
    public static string NameOf(string problem) => $"{problem}.npz";

    /// <summary>Loads what is shipped for a problem.</summary>
    public static ProblemStatistics Load(BenchmarkProblem problem)
    {
        string name = NameOf(problem.Name);
        using Stream resource = typeof(ProblemStatistics).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"No statistics are shipped for the problem '{problem.Name}'.");
        using ZipArchive archive = new(resource, ZipArchiveMode.Read);
        int n = problem.Unknowns;
        double[] mean = Read("x_mean", n), observationMean = Read(
            "y_mean", problem.Observations), observationDeviation = Read("y_std", problem.Observations);
        return problem.CovarianceComponents is not { } count
            ? new ProblemStatistics(
                mean, SymmetricTriangle.Unpack(Read("x_covariance_lower", n * (n + 1) / 2), n), observationMean, observationDeviation)
            : new ProblemStatistics(
                mean,
                Read("x_std", n),
                new PrincipalComponents(
                    Read("x_components", n * count), Read("x_component_variances", count), Read("x_remaining_variance", 1)[0]),
                observationMean,
                observationDeviation);

        double[] Read(string array, int length)
        {
            using Stream member = archive.GetEntry($"{array}.npy")?.Open() ?? throw new InvalidDataException(
                $"'{name}' has no array '{array}'.");
            double[] values = NpyFile.Read(member, $"{name}:{array}").ToDoubles();
            return values.Length == length
                ? values
                : throw new InvalidDataException($"'{name}:{array}' has {values.Length} numbers instead of {length}.");
        }
    }

    /// <summary>Writes the file to ship.</summary>
    public static void Write(string path, ProblemStatistics statistics)
    {
        List<(string, NumpyArray)> arrays = [("x_mean", NumpyArray.Create(statistics.UnknownMean))];
        int n = statistics.UnknownMean.Length;
        if (statistics.Components is { } components)
        {
            arrays.Add(("x_std", NumpyArray.Create(statistics.UnknownDeviation)));
            arrays.Add(("x_component_variances", NumpyArray.Create<double>(components.Variances)));
            arrays.Add(("x_remaining_variance", NumpyArray.Create<double>([components.Remaining])));
            float[] vectors = Array.ConvertAll(components.Vectors, v => (float)v);
            arrays.Add(("x_components", NumpyArray.Create<float>(vectors, n, components.Count)));
        }
        else
        {
            arrays.Add(("x_covariance_lower", NumpyArray.Create<double>(SymmetricTriangle.Pack(statistics.UnknownCovariance, n))));
        }

        arrays.Add(("y_mean", NumpyArray.Create(statistics.ObservationMean)));
        arrays.Add(("y_std", NumpyArray.Create(statistics.ObservationDeviation)));

        // Components in single precision hardly shrink, and inflating them would take longer than reading them.
        NpzFile.Write(path, [.. arrays], compressed: statistics.Components is null);
    }
}
