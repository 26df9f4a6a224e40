namespace Retrodict.Solvers;

/// <summary>
/// The Gauss-Newton direction on the free unknowns: p minimises ‖r + J p‖ with p = 0 where a bound holds (see <see cref="ActiveSetDirection"/>).
/// Where J is rank deficient it is the shortest of all minimisers (see <see cref="DampedQr"/>).
/// </summary>
internal sealed class GaussNewtonDirection(LeastSquares model) : ActiveSetDirection(model)
{
    private readonly DenseJacobian _jacobian = new(model);
    private readonly DampedSystem _system = new(model, LinearSolver.Automatic);

    protected override ReadOnlySpan<double> Curvature => _jacobian.Diagonal;

    public override bool Linearize(Iterate iterate) => _jacobian.Linearize(iterate);

    protected override void SolveFree(Iterate iterate, ReadOnlySpan<int> free)
    {
        iterate.Run.Counts = iterate.Run.Counts with { LinearSolves = iterate.Run.Counts.LinearSolves + 1 };
        if (!free.IsEmpty && _system.TryFactor(_jacobian, free, 0, default))
        {
            _system.Solve(free, iterate.Corrected, iterate.Gradient, iterate.Direction);
        }
    }
}
