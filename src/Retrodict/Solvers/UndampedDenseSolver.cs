namespace Retrodict.Solvers;

/// <summary>
/// Least squares with J as a dense matrix and no damping. The normal equations are solved by Cholesky where their condition allows it; beyond a reciprocal
/// condition of 1e-10 a QR factorisation of J with column pivoting takes over, and where J is rank deficient it gives the shortest of all minimisers, measured in
/// unknowns whose columns have length one, so that no unit matters (Golub and Van Loan, Matrix Computations, 4th ed., section 5.5).
/// </summary>
internal sealed class UndampedDenseSolver(LeastSquares model, DenseJacobian jacobian, LinearSolver linearSolver) : DampedSolver
{
    private const double LeastReciprocalCondition = 1e-10;

    private readonly NormalEquations _normal = new(model.Unknowns);
    private readonly Lazy<PivotedLeastSquares> _pivoted = new(() => new PivotedLeastSquares(model.Rows, model.Unknowns));
    private readonly int[] _free = new int[model.Unknowns];
    private int _count;
    private bool _factored;

    public override void Prepare(Iterate iterate, ReadOnlySpan<int> free, double damping, ReadOnlySpan<double> scale)
    {
        free.CopyTo(_free);
        _count = free.Length;
        _factored = false;
        if (linearSolver != LinearSolver.Qr)
        {
            jacobian.FormGram();
            double least = linearSolver == LinearSolver.Cholesky ? 0 : LeastReciprocalCondition;
            _factored = _normal.TryFactor(jacobian.Gram, free, 0, default, least);
        }
    }

    public override void Solve(Iterate iterate, ReadOnlySpan<double> residual, ReadOnlySpan<double> gradient, Span<double> step)
    {
        ReadOnlySpan<int> free = _free.AsSpan(0, _count);
        if (_factored)
        {
            _normal.Solve(free, gradient, step);
        }
        else if (linearSolver != LinearSolver.Cholesky)
        {
            _pivoted.Value.Solve(jacobian.Values, model.Rows, model.Unknowns, free, residual, step);
        }
        else
        {
            foreach (int i in free)
            {
                step[i] = jacobian.Diagonal[i] > 0 ? -gradient[i] / jacobian.Diagonal[i] : 0;
            }
        }
    }
}
