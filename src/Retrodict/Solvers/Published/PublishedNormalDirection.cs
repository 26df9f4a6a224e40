namespace Retrodict.Solvers;

/// <summary>The solution of (J^T J / m + damping I) p = -J^T r / m, of all unknowns, bounds disregarded; where the matrix is not positive definite to rounding, the
/// shortest minimizer of ‖r + J p‖.</summary>
internal sealed class PublishedNormalDirection : Direction
{
    private readonly Objective _model;
    private readonly double _damping;
    private readonly DenseJacobian _jacobian;
    private readonly NormalEquations _normal;
    private readonly Lazy<DampedQr> _qr;
    private readonly int[] _all;
    private readonly double[] _ones;

    public PublishedNormalDirection(Objective model, double damping)
    {
        (_model, _damping) = (model, damping);
        _jacobian = new DenseJacobian(model);
        _normal = new NormalEquations(model.Unknowns);
        _qr = new(() => new DampedQr(model.Rows, model.Unknowns));
        _all = [.. Enumerable.Range(0, model.Unknowns)];
        _ones = [.. Enumerable.Repeat(1.0, model.Unknowns)];
    }

    public override bool Linearize(Iterate iterate) => _jacobian.Linearize(iterate);

    public override void Compute(Iterate iterate)
    {
        Array.Clear(iterate.Active);
        iterate.Run.Counts = iterate.Run.Counts with { LinearSolves = iterate.Run.Counts.LinearSolves + 1 };
        _jacobian.FormGram();
        if (_normal.TryFactor(_jacobian.Gram, _all, _damping * _model.Rows, _ones, 0))
        {
            _normal.Solve(_all, iterate.Gradient, iterate.Direction);
        }
        else
        {
            _qr.Value.Factor(_jacobian, _all, 0, _ones);
            _qr.Value.Solve(iterate.Corrected, iterate.Direction);
        }
    }
}
