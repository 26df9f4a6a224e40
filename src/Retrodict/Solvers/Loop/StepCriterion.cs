namespace Retrodict.Solvers;

/// <summary>The step was short as the direction asked for it; one that only the search made short proves nothing.</summary>
internal sealed class StepCriterion(double tolerance) : Criterion
{
    public override StoppingCriterion Name => StoppingCriterion.Step;

    public override bool IsOfModel => true;

    public override bool IsMet(DescentState state) =>
        state.Proposal.IsConclusive && state.Step.Relative <= tolerance * state.Trial.StepFactor * state.Proposal.StepShare;
}
