using Retrodict.Regressions;

namespace Retrodict.Tests.Regressions;

public sealed class ChiSquareDistributionTests
{
    /// <summary>R: pchisq(x, df, lower.tail = FALSE) and pchisq(x, df).</summary>
    [Theory]
    [InlineData(1, 1, 0.31731050786291415, 0.68268949213708596)]
    [InlineData(0.001, 1, 0.97477287936996038, 0.025227120630039609)]
    [InlineData(3.84, 1, 0.050043521248705224, 0.94995647875129474)]
    [InlineData(10, 3, 0.018566135463043233, 0.9814338645369568)]
    [InlineData(0.1, 7, 0.99999768858120142, 2.3114187985968836e-06)]
    [InlineData(39.9, 40, 0.47470450136226872, 0.52529549863773128)]
    [InlineData(41, 40, 0.42647529857943556, 0.57352470142056444)]
    [InlineData(100, 40, 4.7913573003381007e-07, 0.99999952086427002)]
    [InlineData(10, 40, 0.99999965478641795, 3.4521358209144608e-07)]
    [InlineData(500, 400, 0.00048221275959343349, 0.99951778724040652)]
    [InlineData(300, 400, 0.99994290311425793, 5.7096885742082392e-05)]
    [InlineData(1000, 1000, 0.49405285382923969, 0.50594714617076042)]
    [InlineData(535.909, 4, 1.1442424720994411e-114, 1)]
    [InlineData(100000, 99999, 0.49851322909373935, 0.5014867709062607)]
    [InlineData(20000, 57, 0, 1)]
    public void Both_tails_are_those_of_R(double value, int degrees, double above, double below)
    {
        Assert.Equal(above, ChiSquareDistribution.Above(value, degrees), 1e-11 * above);
        Assert.Equal(below, ChiSquareDistribution.Below(value, degrees), 1e-11 * below);
    }

    /// <summary>R: qchisq(p, df, lower.tail = FALSE).</summary>
    [Theory]
    [InlineData(0.001, 1, 10.827566170662729)]
    [InlineData(0.999, 4, 0.090804035538979158)]
    [InlineData(0.001, 4, 18.466826952903169)]
    [InlineData(0.05, 39, 54.572227758941743)]
    [InlineData(0.999, 100, 61.91793920693663)]
    [InlineData(0.001, 1000, 1143.9170926196791)]
    public void Quantiles_are_those_of_R(double probability, int degrees, double value) =>
        Assert.Equal(value, ChiSquareDistribution.Quantile(probability, degrees), 1e-10 * value);

    [Fact]
    public void Ends_and_nothing()
    {
        Assert.Equal((1, 0), (ChiSquareDistribution.Above(0, 3), ChiSquareDistribution.Below(0, 3)));
        const double End = double.PositiveInfinity;
        Assert.Equal((0, 1), (ChiSquareDistribution.Above(End, 3), ChiSquareDistribution.Below(End, 3)));
        Assert.True(double.IsNaN(ChiSquareDistribution.Above(1, 0)) && double.IsNaN(ChiSquareDistribution.Above(double.NaN, 3)));
        Assert.True(double.IsNaN(ChiSquareDistribution.Quantile(0.5, 0)) && double.IsNaN(ChiSquareDistribution.Quantile(0, 3)));
    }
}
