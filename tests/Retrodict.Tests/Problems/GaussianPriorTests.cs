namespace Retrodict.Tests.Problems;

public sealed class GaussianPriorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(40)]
    public void The_factor_is_the_Cholesky_factor_of_the_covariance(int n)
    {
        double[,] covariance = Dense.RandomCovariance(n, n);
        double[] mean = Dense.Random(n, 2);
        GaussianPrior prior = GaussianPrior.FromCovariance(mean, Dense.Flat(covariance));
        double[,] factor = Dense.Matrix(prior.Factor, n, n);
        Dense.AssertClose(Dense.Flat(covariance), Dense.Flat(Dense.Times(factor, Dense.Transpose(factor))), 1e-14);
        for (int i = 0; i < n; i++)
        {
            Assert.True(factor[i, i] > 0);
            Assert.All(Enumerable.Range(i + 1, n - i - 1), j => Assert.Equal(0, factor[i, j]));
        }

        Assert.Equal(mean, prior.Mean);
        Assert.Equal(n, prior.Dimension);
    }

    [Fact]
    public void Samples_give_their_moments_with_a_thousandth_of_the_mean_variance_added()
    {
        const int Count = 12, N = 3;
        double[] samples = [.. Dense.Random(Count * N, 3).Select((s, i) => s * (1 + (i % N)))];
        (double[] mean, double[] covariance) = SampleMoments.Of(samples, N);
        double jitter = 1e-3 * (covariance[0] + covariance[4] + covariance[8]) / 3;
        double[,] expected = Dense.Plus(Dense.Matrix(covariance, N, N), Dense.Identity(N, jitter));
        GaussianPrior prior = GaussianPrior.FromSamples(samples, N);
        double[,] factor = Dense.Matrix(prior.Factor, N, N);
        Assert.Equal(mean, prior.Mean);
        Dense.AssertClose(Dense.Flat(expected), Dense.Flat(Dense.Times(factor, Dense.Transpose(factor))), 1e-14);
    }

    [Theory]
    [InlineData(1e-140)]
    [InlineData(1e140)]
    public void Samples_in_any_unit_give_a_prior(double unit)
    {
        GaussianPrior one = GaussianPrior.FromSamples([1, 2, 4, 3, -1, 0], 2);
        GaussianPrior scaled = GaussianPrior.FromSamples([unit, 2 * unit, 4 * unit, 3 * unit, -unit, 0], 2);
        Dense.AssertClose(one.Factor, [.. scaled.Factor.ToArray().Select(f => f / unit)], 1e-12);
    }

    [Fact]
    public void Fewer_samples_than_unknowns_still_give_a_prior()
    {
        GaussianPrior prior = GaussianPrior.FromSamples(Dense.Random(2 * 10, 4), 10);
        Assert.Equal(10, prior.Dimension);
        Assert.All(Enumerable.Range(0, 10), i => Assert.True(prior.Factor[i * 11] > 0));
    }

    [Fact]
    public void Samples_that_do_not_vary_are_refused() =>
        Assert.Contains(
            "do not vary", Refusal(() => GaussianPrior.FromSamples([1, 2, 1, 2, 1, 2], 2), "samples"), StringComparison.Ordinal);

    [Fact]
    public void Too_few_samples_are_refused() =>
        Assert.Contains("two samples", Refusal(() => GaussianPrior.FromSamples([1, 2], 2), "samples"), StringComparison.Ordinal);

    [Fact]
    public void Samples_with_NaN_are_refused() =>
        Assert.Contains(
            "Component 0 of sample 1", Refusal(
                () => GaussianPrior.FromSamples([1, 2, double.NaN, 2], 2), "samples"), StringComparison.Ordinal);

    [Theory]
    [InlineData(1.0, 2.0, 2.0, 1.0)]
    [InlineData(1.0, 0.0, 0.0, 0.0)]
    [InlineData(1.0, 0.0, 0.0, -1.0)]
    public void A_covariance_that_is_not_positive_definite_is_refused_and_the_way_out_named(params double[] covariance)
    {
        string message = Refusal(() => GaussianPrior.FromCovariance([0, 0], covariance), "covariance");
        Assert.Contains("not positive definite", message, StringComparison.Ordinal);
        Assert.Contains("FromSamples", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_asymmetric_covariance_is_refused_with_the_entries_named() =>
        Assert.Contains(
            "(2, 0)", Refusal(
                () => GaussianPrior.FromCovariance([0, 0, 0], [1, 0, 0.1, 0, 1, 0, 0, 0, 1]), "covariance"), StringComparison.Ordinal);

    [Fact]
    public void Rounding_of_a_symmetric_covariance_is_allowed() => GaussianPrior.FromCovariance([0, 0], [1, 0.5, 0.5 + 1e-12, 1]);

    [Theory]
    [InlineData(double.NaN, 0.0, 0.0, 1.0)]
    [InlineData(1.0, double.NaN, double.NaN, 1.0)]
    [InlineData(1.0, 0.0, 0.0, double.NaN)]
    [InlineData(1.0, 0.0, 0.0, double.PositiveInfinity)]
    [InlineData(1.0, double.PositiveInfinity, double.PositiveInfinity, 1.0)]
    public void A_covariance_that_is_not_finite_is_refused(params double[] covariance) =>
        Refusal(() => GaussianPrior.FromCovariance([0, 0], covariance), "covariance");

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_single_variance_that_is_not_finite_is_refused(double variance) =>
        Refusal(() => GaussianPrior.FromCovariance([0], [variance]), "covariance");

    [Fact]
    public void A_mean_that_is_not_finite_is_refused() =>
        Refusal(() => GaussianPrior.FromCovariance([0, double.NaN], [1, 0, 0, 1]), "mean");

    [Fact]
    public void Sizes_that_do_not_fit_are_refused_with_the_sizes_named()
    {
        Assert.Contains(
            "2 x 2 numbers, but 3", Refusal(() => GaussianPrior.FromCovariance([0, 0], [1, 0, 1]), "covariance"), StringComparison.Ordinal);
        Refusal(() => GaussianPrior.FromCovariance([], []), "covariance");
    }

    private static string Refusal(Func<GaussianPrior> make, string parameter)
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => make());
        Assert.Equal(parameter, e.ParamName);
        return e.Message;
    }
}
