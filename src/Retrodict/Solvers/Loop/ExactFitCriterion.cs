namespace Retrodict.Solvers;

/// <summary>The residuals are rounding beside the measurement itself, as with exact data at the solution.</summary>
internal sealed class ExactFitCriterion(Objective objective) : Criterion
{
    public override StoppingCriterion Name => StoppingCriterion.Cost;

    public override bool IsMet(DescentState state) => Math.Sqrt(2 * state.Point.Cost) <= objective.Rounding * state.Point.ObservationLength;
}
