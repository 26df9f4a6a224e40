namespace Retrodict.Solvers;

/// <summary>The solution of (J^T J / m + damping I) p = -J^T r / m, of all unknowns, bounds disregarded; where the matrix is not positive
/// definite to rounding, the shortest minimizer of ‖r + J p‖.</summary>
internal sealed class PublishedNormalDirection : Direction
{
    private readonly Objective _objective;
    private readonly double _damping;
    private readonly DenseJacobian _jacobian;
    private readonly NormalEquations _normal;
    private readonly Lazy<DampedQr> _qr;
    private readonly int[] _all;
    private readonly double[] _ones;

    public PublishedNormalDirection(Objective objective, double damping)
    {
        (_objective, _damping) = (objective, damping);
        _jacobian = new DenseJacobian(objective);
        _normal = new NormalEquations(objective.Unknowns);
        _qr = new(() => new DampedQr(objective.Rows, objective.Unknowns));
        _all = [.. Enumerable.Range(0, objective.Unknowns)];
        _ones = [.. Enumerable.Repeat(1.0, objective.Unknowns)];
    }

    public override bool Linearize(Point point, ProposalDraft draft) => _jacobian.Linearize(point, draft);

    public override void Compute(Point point, ProposalDraft draft)
    {
        draft.Active.Clear();
        point.CountLinearSolve();
        _jacobian.FormGram();
        if (_normal.TryFactor(_jacobian.Gram, _all, _damping * _objective.Rows, _ones, 0))
        {
            _normal.Solve(_all, point.Gradient, draft.Direction);
        }
        else
        {
            _qr.Value.Factor(_jacobian, _all, 0, _ones);
            _qr.Value.Solve(point.Corrected, draft.Direction);
        }
    }
}
