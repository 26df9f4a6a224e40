namespace Retrodict.Solvers;

/// <summary>A descent under way: its point, proposal and trial, and what the last step has changed. Written by the loop, read by the
/// criteria.</summary>
internal sealed class DescentState
{
    public DescentState(Objective objective, SolveLimits limits)
    {
        Point = new Point(objective);
        Proposal = new ProposalDraft(objective.Unknowns);
        Trial = new Trial(Point, limits);
    }

    public Point Point { get; }

    public ProposalDraft Proposal { get; }

    public Trial Trial { get; }

    /// <summary>The objective before the last step.</summary>
    public double CostBefore { get; private set; }

    /// <summary>By how much the last step lowered the objective.</summary>
    public double Change { get; private set; }

    /// <summary>How long the last step was.</summary>
    public StepLength Step { get; private set; }

    /// <summary>Moves to the trial point.</summary>
    public void Move()
    {
        Step = StepLength.From(Point, Trial.X, Proposal.Columns);
        (CostBefore, Change) = (Point.Cost, Point.Cost - Trial.Cost);
        Point.MoveTo(Trial);
        Point.CountIteration();
    }

    /// <summary>The line of the iteration table for the last step.</summary>
    public IterationRecord Record() => new(
        Point.Iterations, Point.Cost, Change, Proposal.Optimality, Step.Euclidean, Trial.StepFactor, Proposal.Active.Count(false),
            Trial.GainRatio, Trial.Radius);
}
