namespace Retrodict.Solvers;

/// <summary>The negative gradient of half the mean square.</summary>
internal sealed class PublishedGradientDirection(Objective objective) : Direction
{
    private readonly DenseJacobian _jacobian = new(objective);

    public override bool Linearize(Point point, ProposalDraft draft) => _jacobian.Linearize(point, draft);

    public override void Compute(Point point, ProposalDraft draft)
    {
        draft.Active.Clear();
        Span<double> direction = draft.Direction;
        ReadOnlySpan<double> gradient = point.Gradient;
        for (int i = 0; i < direction.Length; i++)
        {
            direction[i] = -gradient[i] / objective.Rows;
        }
    }
}
