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
        for (int i = 0; i < problem.Unknowns; i++)
        {
            AssertClose(shipped.UnknownMean[i], measured.UnknownMean[i], shipped.UnknownDeviation[i]);
            AssertClose(shipped.UnknownDeviation[i], measured.UnknownDeviation[i], shipped.UnknownDeviation[i]);
        }

        if (shipped.Components is { } components)
        {
            AssertSameComponents(problem, components, measured.Components!);
        }
        else
        {
            AssertSameCovariance(problem.Unknowns, shipped, measured);
        }

        for (int i = 0; i < problem.Observations; i++)
        {
            AssertClose(shipped.ObservationMean[i], measured.ObservationMean[i], shipped.ObservationDeviation[i]);
            AssertClose(shipped.ObservationDeviation[i], measured.ObservationDeviation[i], shipped.ObservationDeviation[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Problems.Names), MemberType = typeof(Problems))]
    public void The_shipped_file_is_small(string name)
        => Assert.InRange(
            new FileInfo(Path.Combine(ShippedFolder(), StatisticsFile.NameOf(name))).Length,
            1,
            ProblemCatalogue.Find(name).CovarianceComponents is null ? 100_000 : 700_000);

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

    private static void AssertSameCovariance(int n, ProblemStatistics shipped, ProblemStatistics measured)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double size = shipped.UnknownDeviation[i] * shipped.UnknownDeviation[j];
                AssertClose(shipped.UnknownCovariance[(i * n) + j], measured.UnknownCovariance[(i * n) + j], size);
            }
        }
    }

    /// <summary>Eigenvalues are known to rounding of the largest. Eigenvectors of close eigenvalues turn with rounding, so shipped ones are held against what makes them eigenvectors: C v = variance v, to the
    /// single precision that they are shipped in.</summary>
    private static void AssertSameComponents(BenchmarkProblem problem, PrincipalComponents shipped, PrincipalComponents measured)
    {
        const double Rounding = 1e-14;
        int n = problem.Unknowns, count = shipped.Count;
        AssertClose(shipped.Remaining, measured.Remaining, measured.Variances[0], Rounding);
        (double[] x, _) = DataGenerator.Draw(problem, Split.Train, problem.Sizes.Train, BenchmarkProblem.DefaultSeed);
        (_, double[] covariance) = SampleMoments.Of(x, n);
        for (int k = 0; k < count; k++)
        {
            AssertClose(shipped.Variances[k], measured.Variances[k], measured.Variances[0], Rounding);
            for (int i = 0; i < n; i++)
            {
                double product = 0;
                for (int j = 0; j < n; j++)
                {
                    product += covariance[(i * n) + j] * shipped.Vectors[(j * count) + k];
                }

                AssertClose(shipped.Variances[k] * shipped.Vectors[(i * count) + k], product, shipped.Variances[0], 1e-7);
            }
        }
    }

    private static void AssertClose(double shipped, double measured, double size, double tolerance) => Assert.Equal(0, (shipped - measured) / size, tolerance);

    private static void AssertClose(double shipped, double measured, double size) => Assert.Equal(0, (shipped - measured) / size, 1e-12);

    private static string ShippedFolder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "src", "Retrodict.Catalogue", "Statistics");
}
