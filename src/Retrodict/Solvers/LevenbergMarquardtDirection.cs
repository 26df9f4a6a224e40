namespace Retrodict.Solvers;

/// <summary>
/// The Levenberg-Marquardt direction on the free unknowns: p minimises ‖r + J p‖ within ‖D p‖ ≤ radius. If the Gauss-Newton step is longer, p is
/// the solution of the damped problem p(a), (J^T J + a D²) p = -J^T r, whose damping a makes ‖D p(a)‖ = radius to ten percent. The root of f(a) = ‖D p(a)‖ - radius
/// is found by Hebden's iteration, Newton's method on 1/‖D p(a)‖, kept between bounds (Moré 1978, section 5):
///     a+ = a - (‖D p‖ / radius) f(a) / f'(a),   f'(a) = -q^T (J^T J + a D²)^-1 q / ‖D p‖,   q = D² p.
/// </summary>
internal sealed class LevenbergMarquardtDirection(LeastSquares model, LinearSolver linearSolver, double initialFactor) : TrustRegionDirection(model, initialFactor)
{
    private const double RelativeError = 0.1;
    private const int MaxHebden = 12;

    private readonly DenseJacobian _jacobian = new(model);
    private readonly DampedSystem _system = new(model, linearSolver);
    private readonly double[] _curvature = new double[model.Unknowns];
    private readonly double[] _scaled = new double[model.Unknowns];
    private double _damping;

    public override bool IsRestricted => _damping > 0;

    public override double CurvatureShare => _share;

    private double _share = 1;

    protected override ReadOnlySpan<double> Curvature => _curvature;

    public override void Begin()
    {
        base.Begin();
        _damping = 0;
    }

    public override bool Linearize(Iterate iterate)
    {
        bool finite = _jacobian.Linearize(iterate);
        UpdateScale(iterate, _jacobian.Diagonal);
        return finite;
    }

    public override void Compute(Iterate iterate)
    {
        _jacobian.Diagonal.CopyTo(_curvature, 0);
        base.Compute(iterate);
        double slope = 0;
        for (int i = 0; i < _curvature.Length; i++)
        {
            slope -= iterate.Gradient[i] * iterate.Direction[i];
        }

        // Below the machine precision the difference is rounding.
        double length = Length(iterate.Direction);
        _share = _damping > 0 && slope > 0 ? Math.Clamp(1 - (_damping * length * length / slope), 1e-16, 1) : 1;
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
        double steepest = SteepestLength(iterate);
        if (free.IsEmpty)
        {
            _damping = steepest / Radius;
        }
        else
        {
            FindDamping(iterate, free, steepest);
        }

        // Held unknowns feel the damping as well.
        for (int i = 0; i < _curvature.Length; i++)
        {
            _curvature[i] = _jacobian.Diagonal[i] + (_damping * Scale[i]);
        }
    }

    private void FindDamping(Iterate iterate, ReadOnlySpan<int> free, double steepest)
    {
        double guess = _damping;
        double length = Solve(iterate, free, 0);
        double excess = length - Radius;
        if (excess <= RelativeError * Radius)
        {
            return;
        }

        double upper = steepest / Radius;
        double lower = double.IsFinite(length) ? -excess / Slope(iterate, free, length) : 0;
        if (!(lower > 0 && lower < upper))
        {
            lower = 0;
        }

        double damping = guess;
        for (int i = 0; i < MaxHebden; i++)
        {
            if (!(damping > lower && damping < upper))
            {
                damping = Math.Max(1e-3 * upper, Math.Sqrt(lower * upper));
            }

            length = Solve(iterate, free, damping);
            excess = length - Radius;
            if (Math.Abs(excess) <= RelativeError * Radius)
            {
                return;
            }

            (lower, upper) = excess > 0 || !double.IsFinite(length) ? (damping, upper) : (lower, damping);
            damping -= length / Radius * excess / Slope(iterate, free, length);
        }
    }

    /// <summary>The step for a damping.</summary>
    /// <returns>Its length ‖D p‖, infinite where the system cannot be solved.</returns>
    private double Solve(Iterate iterate, ReadOnlySpan<int> free, double damping)
    {
        _damping = damping;
        iterate.Run.Counts = iterate.Run.Counts with { LinearSolves = iterate.Run.Counts.LinearSolves + 1 };
        if (!_system.TryFactor(_jacobian, free, damping, Scale))
        {
            return double.PositiveInfinity;
        }

        _system.Solve(free, iterate.Corrected, iterate.Gradient, iterate.Direction);
        return Length(iterate.Direction);
    }

    /// <summary>f'(a) at the last step.</summary>
    private double Slope(Iterate iterate, ReadOnlySpan<int> free, double length)
    {
        for (int i = 0; i < _scaled.Length; i++)
        {
            _scaled[i] = Scale[i] * iterate.Direction[i];
        }

        return -_system.InverseForm(free, _scaled) / length;
    }

    /// <summary>‖D^-1 g‖: a damping of this over the radius is enough for any step.</summary>
    private double SteepestLength(Iterate iterate)
    {
        double sum = 0;
        for (int i = 0; i < Scale.Length; i++)
        {
            if (Scale[i] > 0)
            {
                sum += iterate.Gradient[i] / Scale[i] * iterate.Gradient[i];
            }
        }

        return Math.Sqrt(sum);
    }
}
