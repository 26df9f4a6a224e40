namespace Retrodict.Solvers;

/// <summary>No lower point was found, and the step that the direction asked for is short beside the point or beside the way from the start:
/// where the solution is zero, only that can tell. Tolerances finer than rounding cannot be met here.</summary>
internal sealed class FullStepCriterion(Objective objective, double tolerance) : Criterion
{
    private readonly double _tolerance = Math.Max(tolerance, objective.Rounding);

    public override StoppingCriterion Name => StoppingCriterion.Step;

    public override bool IsMet(DescentState state)
    {
        if (!state.Proposal.IsConclusive)
        {
            return false;
        }

        state.Trial.Step(state.Proposal.Asked, 1);
        StepLength full = StepLength.Between(state.Point.X, state.Trial.X);
        StepLength way = StepLength.Between(state.Start, state.Point.X);
        return (full with { Point = Math.Max(full.Point, way.Step) }).IsShort(_tolerance * state.Trial.StepFactor);
    }
}
