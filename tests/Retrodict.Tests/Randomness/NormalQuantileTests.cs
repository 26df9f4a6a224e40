using Retrodict.Randomness;

namespace Retrodict.Tests.Randomness;

public sealed class NormalQuantileTests
{
    /// <summary>Found with mpmath to 40 digits as the root of erfc(z / sqrt 2) / 2 = p.</summary>
    [Theory]
    [InlineData(0.4999999, 2.5066282747031065e-7)]
    [InlineData(0.4, 0.25334710313579974)]
    [InlineData(0.3, 0.52440051270804082)]
    [InlineData(0.1, 1.2815515655446004)]
    [InlineData(0.0751, 1.43882539275254)]
    [InlineData(0.0749, 1.4402382675279637)]
    [InlineData(0.025, 1.9599639845400542)]
    [InlineData(1e-4, 3.7190164854556806)]
    [InlineData(1e-10, 6.3613409024040562)]
    [InlineData(1.4e-11, 6.6567230915181836)]
    [InlineData(1.3e-11, 6.6676114565107408)]
    [InlineData(1e-16, 8.2220822161304356)]
    [InlineData(2.7755575615628914e-17, 8.3743889230674565)]
    public void Quantiles_are_those_of_the_normal_distribution(double p, double z)
        => Assert.Equal(z, NormalQuantile.Upper(p), 1e-15 * Math.Max(z, 1e-3));

    [Fact]
    public void The_median_is_zero()
        => Assert.Equal(0.0, NormalQuantile.Upper(0.5));

    [Fact]
    public void The_logarithm_is_within_an_ulp_or_so()
    {
        RandomStream random = new(9, "logarithm");
        for (int i = 0; i < 100_000; i++)
        {
            double x = Math.ScaleB(1.0 + random.NextDouble(), -random.NextInt(60));
            double expected = Math.Log(x);
            double ulp = Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
            Assert.InRange(NormalQuantile.Log(x), expected - (2 * ulp), expected + (2 * ulp));
        }
    }
}
