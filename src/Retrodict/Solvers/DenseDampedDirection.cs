namespace Retrodict.Solvers;

/// <summary>
/// The Levenberg-Marquardt direction on the free unknowns, with J as a dense matrix: p minimises ‖r + J p‖² + damping ‖D p‖². D holds the largest lengths that
/// J's columns have had (Moré 1978): with it no unit of an unknown matters, and a column that vanishes on the way does not set its unknown loose.
/// </summary>
internal sealed class DenseDampedDirection(LeastSquares model, LinearSolver linearSolver) : DampedDirection(model)
{
    /// <summary>Where Cholesky gives way to QR, which loses half as many digits.</summary>
    private const double LeastReciprocalCondition = 1e-10;

    private readonly DenseJacobian _jacobian = new(model);
    private readonly NormalEquations _normal = new(model.Unknowns);
    private readonly double[] _scale = new double[model.Unknowns];
    private readonly double[] _curvature = new double[model.Unknowns];
    private readonly Lazy<DampedQr> _qr = new(() => new DampedQr(model.Rows, model.Unknowns));

    protected override ReadOnlySpan<double> Curvature => _curvature;

    public override void Begin() => Array.Clear(_scale);

    public override bool Linearize(Iterate iterate)
    {
        bool finite = _jacobian.Linearize(iterate);
        for (int i = 0; i < _scale.Length; i++)
        {
            _scale[i] = Math.Max(_scale[i], _jacobian.Diagonal[i]);
        }

        return finite;
    }

    public override void Compute(Iterate iterate)
    {
        for (int i = 0; i < _curvature.Length; i++)
        {
            _curvature[i] = _jacobian.Diagonal[i] + (Damping * _scale[i]);
        }

        base.Compute(iterate);
        double damped = 0;
        double slope = 0;
        for (int i = 0; i < _scale.Length; i++)
        {
            damped += Damping * _scale[i] * iterate.Direction[i] * iterate.Direction[i];
            slope -= iterate.Gradient[i] * iterate.Direction[i];
        }

        // Below the machine precision the difference is rounding.
        CurvatureShare = slope > 0 ? Math.Clamp(1 - (damped / slope), 1e-16, 1) : 1;
    }

    public override double ModelDecrease(Iterate iterate, ReadOnlySpan<double> step)
    {
        double slope = 0;
        for (int i = 0; i < step.Length; i++)
        {
            slope -= iterate.Gradient[i] * step[i];
        }

        return slope - (0.5 * _jacobian.SquaredLength(step));
    }

    protected override void SolveFree(Iterate iterate, ReadOnlySpan<int> free)
    {
        if (free.IsEmpty)
        {
            return;
        }

        iterate.Run.Counts = iterate.Run.Counts with { LinearSolves = iterate.Run.Counts.LinearSolves + 1 };
        if (linearSolver != LinearSolver.Qr)
        {
            _jacobian.FormGram();
            double least = linearSolver == LinearSolver.Cholesky ? 0 : LeastReciprocalCondition;
            if (_normal.TryFactor(_jacobian.Gram, free, Damping, _scale, least))
            {
                _normal.Solve(free, iterate.Gradient, iterate.Direction);
                return;
            }

            if (linearSolver == LinearSolver.Cholesky)
            {
                // No step: the search shortens the radius, until the damping makes the system regular.
                return;
            }
        }

        _qr.Value.Factor(_jacobian, free, Damping, _scale);
        _qr.Value.Solve(iterate.Corrected, iterate.Direction);
    }
}
