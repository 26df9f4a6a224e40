using Retrodict.Randomness;

namespace Retrodict.Tests.Problems;

public sealed class SampleMomentsPriorTests
{
    [Theory]
    [InlineData(50)]
    [InlineData(3)] // fewer than unknowns: the sample covariance is singular
    public void A_prior_from_moments_is_the_prior_from_the_samples(int count)
    {
        var samples = new double[count * 6];
        new RandomStream(5).FillNormal(samples.AsSpan());
        (double[] mean, double[] covariance) = SampleMoments.Of(samples, 6);
        GaussianPrior fromMoments = GaussianPrior.FromSampleMoments(mean, covariance);
        GaussianPrior fromSamples = GaussianPrior.FromSamples(samples, 6);
        Assert.Equal(fromSamples.Mean, fromMoments.Mean);
        Assert.Equal(fromSamples.Factor, fromMoments.Factor);
    }

    [Fact]
    public void A_thousandth_of_the_mean_variance_is_added()
    {
        GaussianPrior prior = GaussianPrior.FromSampleMoments([1, 2], [4, 0, 0, 0]);
        Assert.Equal(Math.Sqrt(4.002), prior.Factor[0], 1e-15);
        Assert.Equal(Math.Sqrt(0.002), prior.Factor[3], 1e-15);
    }

    [Fact]
    public void Moments_that_belong_to_no_samples_are_refused()
    {
        Assert.Equal("covariance", Assert.Throws<ArgumentException>(() => GaussianPrior.FromSampleMoments([1, 2], [1, 0, 0])).ParamName);
        Assert.Equal("covariance", Assert.Throws<ArgumentException>(() => GaussianPrior.FromSampleMoments([], [])).ParamName);
        Assert.Equal("covariance", Assert.Throws<ArgumentException>(() => GaussianPrior.FromSampleMoments([1, 2], [0, 0, 0, 0])).ParamName);
        Assert.Equal("covariance", Assert.Throws<ArgumentException>(() => GaussianPrior.FromSampleMoments([1, 2], [1, 2, 2, 1])).ParamName);
        Assert.Equal(
            "mean", Assert.Throws<ArgumentException>(() => GaussianPrior.FromSampleMoments([1, double.NaN], [1, 0, 0, 1])).ParamName);
        Assert.Equal("samples", Assert.Throws<ArgumentException>(() => GaussianPrior.FromSamples([1, 1, 1], 1)).ParamName);
    }
}
