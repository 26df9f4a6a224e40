using System.Runtime.CompilerServices;

namespace Retrodict.Catalogue.Tests;

public sealed class ProblemStatisticsTests
{
    /// <summary>With RETRODICT_ACCEPT_STATISTICS=1 in the environment this writes what is to be shipped instead; build again afterwards.</summary>
    [Theory]
    [MemberData(nameof(Problems.Names), MemberType = typeof(Problems))]
    public void Shipped_statistics_are_those_of_the_training_split(string name)
    {
        BenchmarkProblem problem = ProblemCatalogue.Find(name);
        ProblemStatistics measured = ProblemStatistics.Measure(problem);
        if (Environment.GetEnvironmentVariable("RETRODICT_ACCEPT_STATISTICS") == "1")
        {
            StatisticsFile.Write(Path.Combine(ShippedFolder(), StatisticsFile.NameOf(name)), measured);
            return;
        }

        ProblemStatistics shipped = problem.Statistics;
        int n = problem.Unknowns;
        for (int i = 0; i < n; i++)
        {
            AssertClose(shipped.UnknownMean[i], measured.UnknownMean[i], Math.Sqrt(shipped.UnknownCovariance[i * (n + 1)]));
            for (int j = 0; j < n; j++)
            {
                double size = Math.Sqrt(shipped.UnknownCovariance[i * (n + 1)] * shipped.UnknownCovariance[j * (n + 1)]);
                AssertClose(shipped.UnknownCovariance[(i * n) + j], measured.UnknownCovariance[(i * n) + j], size);
            }
        }

        for (int i = 0; i < problem.Observations; i++)
        {
            AssertClose(shipped.ObservationMean[i], measured.ObservationMean[i], shipped.ObservationDeviation[i]);
            AssertClose(shipped.ObservationDeviation[i], measured.ObservationDeviation[i], shipped.ObservationDeviation[i]);
        }
    }

    [Fact]
    public void The_shipped_file_is_small() => Assert.InRange(new FileInfo(Path.Combine(ShippedFolder(), "heat-1d.npz")).Length, 1, 100_000);

    /// <summary>Against the definition of a sample covariance, written out anew.</summary>
    [Fact]
    public void They_are_unbiased_moments_of_the_noise_free_training_data()
    {
        DataSet data = Problems.Heat1DTraining;
        ProblemStatistics statistics = ProblemCatalogue.Heat1D.Statistics;
        int n = 64;
        double[] Column(ReadOnlySpan<double> rows, int j)
        {
            var column = new double[data.Count];
            for (int s = 0; s < column.Length; s++)
            {
                column[s] = rows[(s * n) + j];
            }

            return column;
        }

        double[] a = Column(data.X, 5), b = Column(data.X, 40), y = Column(data.YClean, 17);
        Assert.Equal(a.Average(), statistics.UnknownMean[5], 1e-12);
        Assert.Equal(a.Zip(b, (p, q) => (p - a.Average()) * (q - b.Average())).Sum() / 3999, statistics.UnknownCovariance[(40 * n) + 5], 1e-12);
        Assert.Equal(statistics.UnknownCovariance[(5 * n) + 40], statistics.UnknownCovariance[(40 * n) + 5]);
        Assert.Equal(y.Average(), statistics.ObservationMean[17], 1e-12);
        Assert.Equal(Math.Sqrt(y.Sum(v => Math.Pow(v - y.Average(), 2)) / 3999), statistics.ObservationDeviation[17], 1e-12);
        Assert.Equal(statistics.ObservationMean, data.YMean);
        Assert.Equal(statistics.ObservationDeviation, data.YStd);
    }

    [Fact]
    public void The_prior_is_the_one_that_the_training_samples_give()
    {
        GaussianPrior shipped = ProblemCatalogue.Heat1D.Prior;
        GaussianPrior fromSamples = GaussianPrior.FromSamples(Problems.Heat1DTraining.X, 64);
        for (int i = 0; i < 64 * 64; i++)
        {
            Assert.Equal(fromSamples.Factor[i], shipped.Factor[i], 1e-10);
        }
    }

    [Fact]
    public void They_are_loaded_once() => Assert.Same(ProblemCatalogue.Heat1D.Statistics, ProblemCatalogue.Heat1D.Statistics);

    private static void AssertClose(double shipped, double measured, double size) => Assert.Equal(0, (shipped - measured) / size, 1e-12);

    private static string ShippedFolder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "src", "Retrodict.Catalogue", "Statistics");
}
