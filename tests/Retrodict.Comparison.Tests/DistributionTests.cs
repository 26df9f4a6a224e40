namespace Retrodict.Comparison.Tests;

public class DistributionTests
{
    [Fact]
    public void Quantiles_lie_between_the_sorted_samples()
    {
        Distribution four = Distribution.Of([4, 1, 3, 2]);
        Assert.Equal(new Distribution(4, 10, 1, 1.75, 2.5, 3.25, 4), four);
        Assert.Equal(2.5, four.Mean);
        Assert.Equal(new Distribution(1, 7, 7, 7, 7, 7, 7), Distribution.Of([7]));
    }

    [Fact]
    public void Without_samples_there_is_nothing_but_a_total()
    {
        Distribution none = Distribution.Of([]);
        Assert.Equal((0, 0.0), (none.Count, none.Total));
        Assert.All(
            new[] { none.Mean, none.Least, none.Lower, none.Median, none.Upper, none.Greatest }, value => Assert.True(double.IsNaN(value)));
    }
}
