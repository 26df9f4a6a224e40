namespace Retrodict.Tests.Problems;

public sealed class ScaleTests
{
    [Fact]
    public void A_number_stands_for_every_component()
    {
        Scale scale = 0.5;
        Assert.Null(scale.Dimension);
        Assert.Equal(0.5, scale[0]);
        Assert.Equal(0.5, scale[17]);
        Assert.Equal([0.5, 0.5, 0.5], scale.ToArray(3));
        Assert.Equal([1, 1], Scale.One.ToArray(2));
    }

    [Fact]
    public void An_array_gives_each_component_its_own_and_is_copied()
    {
        double[] values = [1, 2, 3];
        Scale scale = values;
        values[0] = 9;
        Assert.Equal(3, scale.Dimension);
        Assert.Equal([1, 2, 3], scale.ToArray(3));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_not_positive_and_finite_is_refused_with_its_position(double wrong)
    {
        Assert.Throws<ArgumentException>(() => Scale.Uniform(wrong));
        ArgumentException e = Assert.Throws<ArgumentException>(() => Scale.PerComponent([1, 1, wrong]));
        Assert.Contains("component 2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scale_without_reciprocal_is_refused() => Assert.Throws<ArgumentException>(() => Scale.Uniform(double.Epsilon));

    [Fact]
    public void A_scale_without_components_is_refused() => Assert.Throws<ArgumentException>(() => Scale.PerComponent([]));
}
