using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>The gradient for the published pull-back, whose directions are part of its search.</summary>
internal sealed class PublishedPullBackDirection(Objective objective) : Direction
{
    public override bool Linearize(Point point, ProposalDraft draft)
    {
        draft.IsConclusive = false;
        point.ComputeGradient();
        double largest = Vectors.Largest(point.Gradient);
        draft.Optimality = largest == 0 ? 0 : largest / objective.Rows;
        return double.IsFinite(largest);
    }

    public override void Compute(Point point, ProposalDraft draft) => draft.Active.Clear();
}
