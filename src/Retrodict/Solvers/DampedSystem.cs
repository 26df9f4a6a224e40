namespace Retrodict.Solvers;

/// <summary>
/// The damped linear least-squares problem min ‖r + J p‖² + damping ‖D p‖² on the free unknowns: by Cholesky where its condition allows it, else by QR
/// (see <see cref="LinearSolver"/>). The error of normal equations grows with the square of J's condition number, so they are left at a reciprocal condition of
/// 1e-10.
/// </summary>
internal sealed class DampedSystem(LeastSquares model, LinearSolver linearSolver)
{
    private const double LeastReciprocalCondition = 1e-10;

    private readonly NormalEquations _normal = new(model.Unknowns);
    private readonly Lazy<DampedQr> _qr = new(() => new DampedQr(model.Rows, model.Unknowns));
    private bool _byQr;

    /// <summary>Factors the problem.</summary>
    /// <returns>Whether it could be; QR always can.</returns>
    public bool TryFactor(DenseJacobian jacobian, ReadOnlySpan<int> free, double damping, ReadOnlySpan<double> scale)
    {
        _byQr = false;
        if (linearSolver != LinearSolver.Qr)
        {
            jacobian.FormGram();
            double least = linearSolver == LinearSolver.Cholesky ? 0 : LeastReciprocalCondition;
            if (_normal.TryFactor(jacobian.Gram, free, damping, scale, least) || linearSolver == LinearSolver.Cholesky)
            {
                return _normal.IsFactored;
            }
        }

        _byQr = true;
        _qr.Value.Factor(jacobian, free, damping, scale);
        return true;
    }

    /// <summary>p for residuals r with gradient J^T r, with the last factors.</summary>
    public void Solve(ReadOnlySpan<int> free, ReadOnlySpan<double> residual, ReadOnlySpan<double> gradient, Span<double> step)
    {
        if (_byQr)
        {
            _qr.Value.Solve(residual, step);
        }
        else
        {
            _normal.Solve(free, gradient, step);
        }
    }

    /// <summary>v^T (J^T J + damping D²)^-1 v over the free unknowns, with the last factors.</summary>
    public double InverseForm(ReadOnlySpan<int> free, ReadOnlySpan<double> v) => _byQr ? _qr.Value.InverseForm(v) : _normal.InverseForm(free, v);
}
