namespace Retrodict.Solvers;

/// <summary>Damped least squares with J as a dense matrix: Cholesky on the normal equations where their condition allows it, else QR.</summary>
internal sealed class DenseDampedSolver(LeastSquares model, DenseJacobian jacobian, LinearSolver linearSolver) : DampedSolver
{
    /// <summary>Where Cholesky gives way to QR, which loses half as many digits.</summary>
    private const double LeastReciprocalCondition = 1e-10;

    private readonly NormalEquations _normal = new(model.Unknowns);
    private readonly Lazy<DampedQr> _qr = new(() => new DampedQr(model.Rows, model.Unknowns));
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
            _factored = _normal.TryFactor(jacobian.Gram, free, damping, scale, least);
        }

        if (!_factored && linearSolver != LinearSolver.Cholesky)
        {
            _qr.Value.Factor(jacobian, free, damping, scale);
        }
    }

    public override void Solve(Iterate iterate, ReadOnlySpan<double> residual, ReadOnlySpan<double> gradient, Span<double> step)
    {
        if (_factored)
        {
            _normal.Solve(_free.AsSpan(0, _count), gradient, step);
        }
        else if (linearSolver != LinearSolver.Cholesky)
        {
            _qr.Value.Solve(residual, step);
        }

        // Else no step: the search shortens the radius, until the damping makes the system regular.
    }
}
