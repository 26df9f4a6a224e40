namespace Retrodict.Solvers;

/// <summary>How a solve begins: at the caller's start.</summary>
internal class StartingPoint
{
    /// <param name="point">Is set to its first place.</param>
    /// <param name="trial">Of use where several starts are looked at.</param>
    /// <param name="observation">The measurement.</param>
    /// <param name="start">The caller's start, inside the box.</param>
    public virtual void Begin(Point point, Trial trial, ReadOnlySpan<double> observation, ReadOnlySpan<double> start) =>
        point.Begin(observation, start);

    /// <summary>Goes to another start where the solve ended without meeting the residual or the discrepancy; the lower of the points found
    /// is then returned.</summary>
    /// <returns>Whether there is one.</returns>
    public virtual bool TryOther(Point point, Trial trial) => false;
}
