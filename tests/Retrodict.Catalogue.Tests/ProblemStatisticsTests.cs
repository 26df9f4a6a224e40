namespace Retrodict.Catalogue.Tests;

public sealed class ProblemStatisticsTests
{
    /// <summary>Where it fails, its message has the command that writes what is to be shipped instead.</summary>
    [Theory]
    [MemberData(nameof(Problems.Names), MemberType = typeof(Problems))]
    public void Shipped_statistics_are_those_of_the_training_split(string name)
    {
        BenchmarkProblem problem = ProblemCatalogue.Find(name);
        string file = StatisticsFile.NameOf(name);
        bool isShipped = typeof(ProblemStatistics).Assembly.GetManifestResourceInfo(file) is not null;
        var review = new StatisticsReview(problem, isShipped ? problem.Statistics : null, ProblemStatistics.Measure(problem));
        if (isShipped && review.Differences.Count == 0)
        {
            return;
        }

        if (StatisticsReview.IsAccepted(name))
        {
            StatisticsFile.Write(Path.Combine(StatisticsReview.ShippedFolder, file), review.Accepted);
            return;
        }

        string what = isShipped ? $"has another {string.Join(", ", review.Differences)} than the training split" : "does not exist";
        Assert.Fail(
            $"src/Retrodict.Catalogue/Statistics/{file} {what}. If the problem is as it should be, run this in the repository's root "
            + $"and commit the file:\n{StatisticsReview.AcceptCommand(name)}");
    }

    [Fact]
    public void Accepting_replaces_only_what_differs_beyond_tolerance()
    {
        BenchmarkProblem problem = ProblemCatalogue.Oscillator;
        ProblemStatistics shipped = problem.Statistics;
        double[] mean = Array.ConvertAll(shipped.ObservationMean.ToArray(), value => value + 0.1);
        double[] rounded = Array.ConvertAll(shipped.UnknownMean.ToArray(), value => value * (1 + 1e-15));
        var measured = new ProblemStatistics(rounded, shipped.UnknownCovariance.ToArray(), mean, shipped.ObservationDeviation.ToArray());
        var review = new StatisticsReview(problem, shipped, measured);
        Assert.Equal(["y_mean"], review.Differences);
        Assert.Equal(mean, review.Accepted.ObservationMean);
        Assert.Equal(shipped.UnknownMean, review.Accepted.UnknownMean);
        Assert.Equal(shipped.UnknownCovariance, review.Accepted.UnknownCovariance);
        Assert.Equal(shipped.ObservationDeviation, review.Accepted.ObservationDeviation);
    }

    [Fact]
    public void The_command_that_accepts_names_the_problem() => Assert.Equal(
        "RETRODICT_ACCEPT_STATISTICS=heat-1d dotnet test -c Release --project tests/Retrodict.Catalogue.Tests --filter-class "
            + "\"*ProblemStatisticsTests\"",
        StatisticsReview.AcceptCommand("heat-1d"));

    [Theory]
    [MemberData(nameof(Problems.Names), MemberType = typeof(Problems))]
    public void The_shipped_file_is_small(string name)
    {
        Assert.SkipWhen(StatisticsReview.IsAccepted(name), "The file is being written.");
        var file = new FileInfo(Path.Combine(StatisticsReview.ShippedFolder, StatisticsFile.NameOf(name)));
        Assert.True(file.Exists, $"{file.Name} does not exist; to make it, run\n{StatisticsReview.AcceptCommand(name)}");
        Assert.InRange(file.Length, 1, ProblemCatalogue.Find(name).CovarianceComponents is null ? 100_000 : 700_000);
    }

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
        Assert.Equal(
            a.Zip(b, (p, q) => (p - a.Average()) * (q - b.Average())).Sum() / 3999, statistics.UnknownCovariance[(40 * n) + 5], 1e-12);
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
}
