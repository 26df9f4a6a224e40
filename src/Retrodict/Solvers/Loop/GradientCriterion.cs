namespace Retrodict.Solvers;

/// <summary>The free part of the gradient is small enough, or zero, which leaves nowhere to go.</summary>
/// <param name="tolerance">The tolerance; null for zero alone.</param>
internal sealed class GradientCriterion(double? tolerance) : Criterion
{
    public override StoppingCriterion Name => StoppingCriterion.Gradient;

    public override bool IsOfModel => true;

    public override bool IsMet(DescentState state) => state.Proposal.Optimality <= tolerance || state.Proposal.Optimality == 0;
}
