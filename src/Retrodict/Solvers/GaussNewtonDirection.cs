namespace Retrodict.Solvers;

/// <summary>
/// The Gauss-Newton direction on the free unknowns: p minimises ‖r + J p‖ with p = 0 where a bound holds (see <see cref="ActiveSetDirection"/>).
/// <para>
/// The normal equations are solved by Cholesky where their condition allows it; beyond a reciprocal condition of 1e-10 a QR factorisation of J with column
/// pivoting takes over, and where J is rank deficient it gives the shortest of all minimisers, measured in unknowns whose columns have length one, so that
/// no unit matters (Golub and Van Loan, Matrix Computations, 4th ed., section 5.5).
/// </para>
/// </summary>
internal sealed class GaussNewtonDirection(LeastSquares model) : ActiveSetDirection(model)
{
    private const double LeastReciprocalCondition = 1e-10;

    private readonly DenseJacobian _jacobian = new(model);
    private readonly NormalEquations _normal = new(model.Unknowns);
    private readonly Lazy<PivotedLeastSquares> _pivoted = new(() => new PivotedLeastSquares(model.Rows, model.Unknowns));

    protected override ReadOnlySpan<double> Curvature => _jacobian.Diagonal;

    public override bool Linearize(Iterate iterate) => _jacobian.Linearize(iterate);

    protected override void SolveFree(Iterate iterate, ReadOnlySpan<int> free)
    {
        _jacobian.FormGram();
        if (_normal.TryFactor(_jacobian.Gram, free, 0, default, LeastReciprocalCondition))
        {
            _normal.Solve(free, iterate.Gradient, iterate.Direction);
        }
        else
        {
            _pivoted.Value.Solve(_jacobian.Values, Model.Rows, Model.Unknowns, free, iterate.Corrected, iterate.Direction);
        }

        iterate.Run.Counts = iterate.Run.Counts with { LinearSolves = iterate.Run.Counts.LinearSolves + 1 };
    }
}
