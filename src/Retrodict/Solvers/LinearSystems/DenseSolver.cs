namespace Retrodict.Solvers;

/// <summary>
/// Damped least squares with J as a dense matrix: Cholesky on the normal equations where their condition allows it, else QR. The error of
/// normal equations grows with the square of J's condition number, so they are left at a reciprocal condition of 1e-10, and where
/// directions are wanted that J hardly determines.
/// </summary>
internal sealed class DenseSolver(Objective objective, DenseJacobian jacobian, LinearSolver linearSolver, bool cutsRank) : DampedSolver
{
    private const double LeastReciprocalCondition = 1e-10;

    private readonly NormalEquations _normal = new(objective.Unknowns);
    private readonly Lazy<DampedQr> _qr = new(() => new DampedQr(objective.Rows, objective.Unknowns, cutsRank));
    private readonly int[] _free = new int[objective.Unknowns];
    private int _count;
    private bool _byQr;

    private ReadOnlySpan<int> Free => _free.AsSpan(0, _count);

    public override void Prepare(Point point, ReadOnlySpan<int> free, double damping, ReadOnlySpan<double> scale)
    {
        free.CopyTo(_free);
        _count = free.Length;
        _byQr = linearSolver == LinearSolver.Qr || !cutsRank || (damping > 0 && _qr.IsValueCreated && _qr.Value.HasFactors(jacobian, free));
        if (!_byQr)
        {
            jacobian.FormGram();
            double least = linearSolver == LinearSolver.Cholesky ? 0 : LeastReciprocalCondition;
            _byQr = !_normal.TryFactor(jacobian.Gram, free, damping, scale, least) && linearSolver != LinearSolver.Cholesky;
        }

        if (_byQr)
        {
            _qr.Value.Factor(jacobian, free, damping, scale);
        }
    }

    public override void Solve(Point point, ReadOnlySpan<double> residual, ReadOnlySpan<double> gradient, Span<double> step)
    {
        if (_byQr)
        {
            _qr.Value.Solve(residual, step);
        }
        else if (_normal.IsFactored)
        {
            _normal.Solve(Free, gradient, step);
        }
        else
        {
            // Singular to rounding, and QR is not wanted: the scaled gradient is all that is left.
            foreach (int i in Free)
            {
                step[i] = jacobian.Diagonal[i] > 0 ? -gradient[i] / jacobian.Diagonal[i] : 0;
            }
        }
    }

    public override double InverseForm(ReadOnlySpan<double> v) =>
        _byQr ? _qr.Value.InverseForm(v) : _normal.IsFactored ? _normal.InverseForm(Free, v) : double.NaN;

    public override (double Length, double Slope) Length(Point point) =>
        _byQr ? _qr.Value.Length(point.Corrected) : (double.NaN, double.NaN);
}
