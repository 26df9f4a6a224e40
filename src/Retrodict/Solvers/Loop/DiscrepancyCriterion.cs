namespace Retrodict.Solvers;

/// <summary>The discrepancy is small enough.</summary>
internal sealed class DiscrepancyCriterion(Objective objective, double tolerance) : Criterion
{
    public override StoppingCriterion Name => StoppingCriterion.Discrepancy;

    public override bool IsMet(DescentState state) => objective.Discrepancy(state.Point.Residual) <= tolerance;
}
