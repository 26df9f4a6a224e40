namespace Retrodict.Solvers;

/// <summary>
/// Where to go next: reads the point, asks it for derivatives, and writes the proposal. An instance serves one solve at a time and keeps
/// its memory from one solve to the next, so what it needs is made in its constructor and <see cref="Begin"/> forgets what earlier solves
/// have left.
/// </summary>
public abstract class Direction
{
    /// <summary>Forgets what earlier solves left behind.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>
    /// Computes the gradient at the current point, by <see cref="Point.ComputeGradient"/> or <see cref="Point.ComputeJacobian"/>, and
    /// <see cref="Proposal.Optimality"/>, by which the loop decides whether the solve ends here.
    /// </summary>
    /// <param name="point">The current point.</param>
    /// <param name="draft">Receives the optimality.</param>
    /// <returns>Whether all derivatives are finite; if not, the solve ends as <see cref="SolveStatus.NonFinite"/>.</returns>
    public abstract bool Linearize(Point point, ProposalDraft draft);

    /// <summary>
    /// Computes the step, which must descend, with its predicted decrease and which unknowns a bound holds. Called after
    /// <see cref="Linearize"/> at the same point, and again whenever a trust region wants a shorter step.
    /// </summary>
    /// <param name="point">The current point.</param>
    /// <param name="draft">Receives <see cref="Proposal.Direction"/>, <see cref="Proposal.Active"/>,
    /// <see cref="Proposal.PredictedDecrease"/>, and what else is to be said.</param>
    public abstract void Compute(Point point, ProposalDraft draft);

    /// <summary>Asked where the direction found nothing more to gain although single unknowns could gain.</summary>
    /// <param name="point">The current point.</param>
    /// <param name="isLast">Whether the solve ends otherwise.</param>
    /// <returns>Whether the direction begins anew, with scales that fit.</returns>
    internal virtual bool TryRenew(Point point, bool isLast) => false;
}
