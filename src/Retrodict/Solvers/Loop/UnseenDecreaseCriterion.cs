namespace Retrodict.Solvers;

/// <summary>No lower point was found, and what was predicted is small beside the objective, or too small to be seen beside its
/// rounding.</summary>
internal sealed class UnseenDecreaseCriterion(double tolerance) : Criterion
{
    public override StoppingCriterion Name => StoppingCriterion.Cost;

    public override bool IsOfModel => true;

    public override bool IsMet(DescentState state)
    {
        double gain = Math.Max(state.Trial.PredictedDecrease, state.Proposal.SingleGain * state.Point.Cost);
        return state.Proposal.IsConclusive && gain <= Math.Max(tolerance * state.Point.Cost, state.Point.CostRounding);
    }
}
