namespace Retrodict.Solvers;

/// <summary>The normalized residual is small enough.</summary>
internal sealed class ResidualCriterion(Objective objective, double tolerance) : Criterion
{
    public override StoppingCriterion Name => StoppingCriterion.Residual;

    public override bool IsMet(DescentState state) => objective.NormalizedResidual(state.Point.Residual) <= tolerance;
}
