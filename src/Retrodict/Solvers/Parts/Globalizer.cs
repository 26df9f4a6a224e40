namespace Retrodict.Solvers;

/// <summary>
/// How far to go along a proposal, so that the objective decreases: reads the point and the proposal, and writes the trial. An instance
/// serves one solve at a time and keeps its memory from one solve to the next.
/// </summary>
public abstract class Globalizer
{
    /// <summary>The criterion that names a search without success, <see cref="StoppingCriterion.LineSearch"/> or
    /// <see cref="StoppingCriterion.TrustRegion"/>.</summary>
    public virtual StoppingCriterion Exhausted => StoppingCriterion.LineSearch;

    /// <summary>The direction that this globalizer was made for; null where any will do.</summary>
    internal virtual object? Partner => null;

    /// <summary>Forgets what earlier solves left behind.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>Called at every point before the direction computes its step: a trust region sets the first radius here.</summary>
    /// <param name="point">The current point, with its gradient.</param>
    public virtual void Prepare(Point point)
    {
    }

    /// <summary>Tries points and accepts one if it can.</summary>
    /// <param name="point">The current point.</param>
    /// <param name="proposal">What the direction proposes there.</param>
    /// <param name="trial">Is set and evaluated as often as <see cref="Trial.MayEvaluate"/> allows; after
    /// <see cref="SearchOutcome.Accepted"/> it is the next point.</param>
    /// <returns>What the search ended with.</returns>
    public abstract SearchOutcome Search(Point point, Proposal proposal, Trial trial);
}
