namespace Retrodict.Comparison.Tests;

public class WilsonIntervalTests
{
    [Theory]
    [InlineData(0.5, 10)]
    [InlineData(0.243, 300)]
    [InlineData(0.97, 40)]
    public void Its_ends_solve_the_equation_of_the_score(double share, int trials)
    {
        WilsonInterval interval = WilsonInterval.Of(share, trials);
        foreach (double p in new[] { interval.Lower, interval.Upper })
        {
            // |share - p| is 1.96 standard deviations at p.
            Assert.Equal(1.959963984540054, Math.Abs(share - p) / Math.Sqrt(p * (1 - p) / trials), 1e-9);
        }

        Assert.True(interval.Contains(share));
        Assert.False(interval.Contains(interval.Upper + 1e-9));
    }

    [Fact]
    public void Without_a_success_it_begins_at_zero_and_is_no_point()
    {
        WilsonInterval interval = WilsonInterval.Of(0, 20);
        Assert.Equal(0, interval.Lower);
        Assert.InRange(interval.Upper, 0.15, 0.17);
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(1.5, 20));
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(0.5, 0));
    }
}
