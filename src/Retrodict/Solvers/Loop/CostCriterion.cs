namespace Retrodict.Solvers;

/// <summary>Both the predicted and the actual decrease are small beside the objective, and so is what any single unknown could
/// gain.</summary>
internal sealed class CostCriterion(double tolerance) : Criterion
{
    public override StoppingCriterion Name => StoppingCriterion.Cost;

    public override bool IsOfModel => true;

    public override bool IsMet(DescentState state) => state.Proposal.IsConclusive
        && Math.Max(Math.Abs(state.Change), state.Trial.PredictedDecrease) <= tolerance * state.CostBefore
        && state.Proposal.SingleGain <= tolerance;
}
