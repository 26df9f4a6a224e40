namespace Retrodict.Solvers;

/// <summary>No lower point was found, and the step that the direction asked for is short, be it beside the way from the start: where an
/// unknown is zero at the solution, only that can tell. Tolerances finer than rounding cannot be met here.</summary>
internal sealed class FullStepCriterion(Objective objective, double tolerance) : Criterion
{
    private readonly double _tolerance = Math.Max(tolerance, objective.Rounding);

    public override StoppingCriterion Name => StoppingCriterion.Step;

    public override bool IsOfModel => true;

    public override bool IsMet(DescentState state)
    {
        if (!state.Proposal.IsConclusive)
        {
            return false;
        }

        state.Trial.Step(state.Proposal.Asked, 1);
        StepLength full = StepLength.From(state.Point, state.Trial.X, state.Proposal.Columns, orWay: true);
        return full.Relative <= _tolerance * state.Trial.StepFactor * state.Proposal.AskedShare;
    }
}
