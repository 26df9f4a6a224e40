namespace Retrodict.Tests.Problems;

public sealed class SampleMomentsTests
{
    [Fact]
    public void Moments_are_those_of_the_formulas()
    {
        const int Count = 23, N = 4;
        double[] samples = [.. Dense.Random(Count * N, 1).Select((s, i) => (3 * s) + (i % N))];
        (double[] mean, double[] covariance) = SampleMoments.Of(samples, N);
        for (int i = 0; i < N; i++)
        {
            double[] column = [.. Enumerable.Range(0, Count).Select(s => samples[(s * N) + i])];
            Assert.Equal(column.Average(), mean[i], 1e-14);
            for (int j = 0; j < N; j++)
            {
                double expected = Enumerable.Range(0, Count).Sum(
                    s => (samples[(s * N) + i] - mean[i]) * (samples[(s * N) + j] - mean[j])) / (Count - 1);
                Assert.Equal(expected, covariance[(i * N) + j], 1e-13);
                Assert.Equal(covariance[(i * N) + j], covariance[(j * N) + i]);
            }
        }
    }

    [Fact]
    public void A_large_offset_costs_no_digits()
    {
        (double[] mean, double[] covariance) = SampleMoments.Of([1e9 + 1, 1e9 + 2, 1e9 + 3], 1);
        Assert.Equal([1e9 + 2], mean);
        Assert.Equal([1.0], covariance);
    }

    [Fact]
    public void Two_samples_are_enough_and_one_is_not()
    {
        Assert.Equal([2.0, 2.0, 2.0, 2.0], SampleMoments.Of([0, 0, 2, 2], 2).Covariance);
        Assert.Contains(
            "two samples", Assert.Throws<ArgumentException>(() => SampleMoments.Of([0, 0], 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SampleMoments.Of([], 2));
    }

    [Fact]
    public void Samples_that_do_not_fill_their_rows_are_refused() =>
        Assert.Throws<ArgumentException>(() => SampleMoments.Of([1, 2, 3, 4, 5], 2));

    [Fact]
    public void A_dimension_below_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => SampleMoments.Of([1, 2], 0));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_is_refused_with_its_place(double wrong)
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => SampleMoments.Of([1, 2, 3, wrong], 2));
        Assert.Contains("Component 1 of sample 1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deviations_of_components_are_the_covariance_s_diagonal_or_the_least()
    {
        double[] samples = [1, 5, 1e-9, 2, 5, 2e-9, 4, 5, 3e-9, 9, 5, 4e-9];
        (double[] mean, double[] covariance) = SampleMoments.Of(samples, 3);
        (double[] same, double[] deviation) = SampleMoments.OfComponents(samples, 3, 1e-6);
        Assert.Equal(mean[0], same[0], 1e-15);
        Assert.Equal(Math.Sqrt(covariance[0]), deviation[0], 1e-14);
        Assert.Equal([1e-6, 1e-6], deviation[1..]);
        Assert.Throws<ArgumentException>(() => SampleMoments.OfComponents([1, 2, 3], 3, 0));
        Assert.Throws<ArgumentException>(() => SampleMoments.OfComponents([1, 2, 3, 4], 3, 0));
    }
}
