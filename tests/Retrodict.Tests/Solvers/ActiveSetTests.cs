using Retrodict.Solvers;

namespace Retrodict.Tests.Solvers;

public sealed class ActiveSetTests
{
    private const double Infinity = double.PositiveInfinity;

    [Theory]
    [InlineData(0, 1, 0.0, 1.0, 1.0, true)] // at the lower bound, descent leads out
    [InlineData(0, 1, 0.0, -1.0, 1.0, false)] // at the lower bound, descent leads in
    [InlineData(0, 1, 1.0, -1.0, 1.0, true)] // at the upper bound, descent leads out
    [InlineData(0, 1, 1.0, 1.0, 1.0, false)] // at the upper bound, descent leads in
    [InlineData(0, 1, 0.5, 100.0, 1.0, false)] // far from any bound
    [InlineData(0, 1, 0.009, 1.0, 1.0, true)] // within the margin, a hundredth of the width
    [InlineData(0, 1, 0.011, 1.0, 1.0, false)] // outside of it
    [InlineData(0, 1, 0.009, 0.001, 1.0, false)] // near, but the scaled gradient step of 0.001 does not reach the bound
    [InlineData(0, 1, 0.009, 0.001, 0.1, true)] // and with this curvature it does
    [InlineData(0, Infinity, 0.5, 100.0, 1.0, true)] // half open: a hundredth of the scaled gradient step
    [InlineData(0, Infinity, 0.5, 40.0, 1.0, false)]
    [InlineData(-Infinity, Infinity, 0.0, 1e300, 1.0, false)] // no bounds
    [InlineData(2, 2, 2.0, -1.0, 1.0, true)] // equal bounds
    [InlineData(2, 2, 2.0, 0.0, 0.0, true)]
    [InlineData(0, 1, 0.0, 1.0, 0.0, true)] // no curvature: the margin is zero
    [InlineData(0, 1, 0.001, 1.0, 0.0, false)]
    public void An_unknown_is_held_where_its_descent_leaves_the_box(
        double lower, double upper, double x, double gradient, double curvature, bool held)
    {
        var active = new bool[1];
        Assert.Equal(held ? 0 : 1, ActiveSet.Find(new Box(lower, upper), [x], [gradient], [curvature], active));
        Assert.Equal(held, active[0]);
    }

    [Theory]
    [InlineData(0.0, 1.0, true)]
    [InlineData(0.0, 0.0, true)]
    [InlineData(0.0, -1.0, false)]
    [InlineData(1.0, -1.0, true)]
    [InlineData(1.0, 1.0, false)]
    [InlineData(0.001, 1.0, false)]
    public void Only_an_unknown_exactly_at_its_bound_is_blocked(double x, double gradient, bool blocked) =>
        Assert.Equal(blocked, ActiveSet.Blocked(new Box(0, 1), 0, x, gradient));
}
