namespace Retrodict.Tests.Problems;

public sealed class BoxTests
{
    private const double Infinity = double.PositiveInfinity;

    [Fact]
    public void Projection_moves_what_is_outside_to_the_nearest_bound_and_leaves_the_rest()
    {
        Box box = new([0, 0, 0, -1], [1, 1, 1, -1]);
        double[] x = [-3, 0.25, 7, 4];
        Assert.True(box.Project(x));
        Assert.Equal([0, 0.25, 1, -1], x);
        Assert.False(box.Project(x));
    }

    [Fact]
    public void Points_on_the_bounds_are_inside()
    {
        double[] x = [2, 5];
        Assert.False(new Box(2, 5).Project(x));
        Assert.Equal([2, 5], x);
    }

    [Fact]
    public void Projection_brings_infinities_to_the_bounds_and_keeps_NaN()
    {
        double[] x = [-Infinity, Infinity, double.NaN];
        Assert.True(new Box(-2, 3).Project(x));
        Assert.Equal([-2, 3, double.NaN], x);
        Assert.False(new Box(-2, 3).Project(x));
    }

    [Fact]
    public void Infinite_bounds_bound_nothing()
    {
        double[] x = [-1e300, 1e300];
        Assert.False(Box.Unbounded.Project(x));
        Assert.False(new Box(-Infinity, 1e300).Project(x));
        Assert.Null(Box.Unbounded.Dimension);
    }

    [Fact]
    public void A_single_bound_stands_for_all_and_mixes_with_bounds_for_each()
    {
        Box box = new([0], [1, 2, 3]);
        Assert.Equal(3, box.Dimension);
        double[] x = [5, 5, -5];
        box.Project(x);
        Assert.Equal([1, 2, 0], x);
        Assert.Null(new Box([0], [1]).Dimension);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.NaN)]
    [InlineData(Infinity, Infinity)]
    [InlineData(-Infinity, -Infinity)]
    public void Bounds_that_hold_for_no_number_are_refused(double lower, double upper) =>
        Assert.Throws<ArgumentException>(() => new Box(lower, upper));

    [Fact]
    public void The_message_names_the_unknown_whose_bounds_are_wrong()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new Box([0, 0, 2], [1, 1, 1]));
        Assert.Contains("unknown 2 are [2, 1]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_bounds_that_do_not_fit_together_are_refused()
    {
        Assert.Contains("3 and 2", Assert.Throws<ArgumentException>(() => new Box([0, 0, 0], [1, 1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Box([], [1]));
        Assert.Throws<ArgumentException>(() => new Box([0], []));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_point_of_another_dimension_is_refused_untouched(int length)
    {
        double[] x = [.. Enumerable.Repeat(9.0, length)];
        ArgumentException e = Assert.Throws<ArgumentException>(() => new Box([0, 0], [1, 1]).Project(x));
        Assert.Equal("x", e.ParamName);
        Assert.All(x, component => Assert.Equal(9, component));
    }

    [Fact]
    public void Bounds_are_copied()
    {
        double[] lower = [0, 0];
        Box box = new(lower, [1, 1]);
        lower[0] = -5;
        Assert.Equal(0, box.Lower(0));
    }

    [Fact]
    public void Boxes_with_equal_bounds_are_equal()
    {
        Assert.Equal(new Box([0, 1], [2]), new Box([0, 1], [2]));
        Assert.Equal(new Box([0, 1], [2]).GetHashCode(), new Box([0, 1], [2]).GetHashCode());
        Assert.NotEqual(new Box([0, 1], [2]), new Box([0, 1], [3]));
        Assert.Equal("[0, 2.5]", new Box(0, 2.5).ToString());
    }
}
