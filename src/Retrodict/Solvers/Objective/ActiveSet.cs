namespace Retrodict.Solvers;

/// <summary>
/// Which unknowns a bound holds (Bertsekas 1982, Projected Newton methods for optimization problems with simple constraints, SIAM J.
/// Control Optim. 20): those at a bound, or within a margin of it, whose descent would leave the box. A second-order direction over the
/// others alone is a descent direction along the projected path. The margin keeps the set from flickering; it shrinks with the scaled
/// gradient step, so that near the solution only true bounds count.
/// </summary>
internal static class ActiveSet
{
    /// <summary>The margin is at most this fraction of the box's width, or of the scaled gradient step where the width is infinite: a
    /// length of its own would make the path depend on the unit of x.</summary>
    private const double RelativeMargin = 1e-2;

    /// <param name="bounds">The box.</param>
    /// <param name="x">The point, inside the box.</param>
    /// <param name="gradient">The gradient there.</param>
    /// <param name="curvature">A positive diagonal: the diagonal of the Gauss-Newton matrix.</param>
    /// <param name="active">Receives which unknowns are held.</param>
    /// <returns>How many are free.</returns>
    public static int Find(
        Box bounds, ReadOnlySpan<double> x, ReadOnlySpan<double> gradient, ReadOnlySpan<double> curvature, Span<bool> active)
    {
        int free = x.Length;
        for (int i = 0; i < x.Length; i++)
        {
            double lower = bounds.Lower(i);
            double upper = bounds.Upper(i);
            double width = upper - lower;
            double scaled = curvature[i] > 0 ? Math.Abs(gradient[i]) / curvature[i] : 0;
            double margin = double.IsFinite(width) ? Math.Min(RelativeMargin * width, scaled) : RelativeMargin * scaled;
            active[i] = width <= 0 || (gradient[i] > 0 && x[i] <= lower + margin) || (gradient[i] < 0 && x[i] >= upper - margin);
            free -= active[i] ? 1 : 0;
        }

        return free;
    }

    /// <summary>Whether an unknown sits on a bound that its gradient pushes against.</summary>
    public static bool Blocked(Box bounds, int index, double x, double gradient) =>
        (gradient >= 0 && x <= bounds.Lower(index)) || (gradient <= 0 && x >= bounds.Upper(index));
}
