namespace Retrodict.Solvers;

/// <summary>
/// The Levenberg-Marquardt direction on the free unknowns: p minimizes ‖r + J p‖ within ‖D p‖ ≤ radius. If the Gauss-Newton step
/// is longer, p is the solution of the damped problem p(a), (J^T J + a D²) p = -J^T r, whose damping a makes ‖D p(a)‖ = radius to ten
/// percent. The root of f(a) = ‖D p(a)‖ - radius is found by Hebden's iteration, Newton's method on 1/‖D p(a)‖, kept between bounds
/// (Moré 1978, section 5):
///     a+ = a - (‖D p‖ / radius) f(a) / f'(a),   f'(a) = -q^T (J^T J + a D²)^-1 q / ‖D p‖,   q = D² p.
/// <para>
/// With geodesic acceleration (Transtrum and Sethna 2012, Improvements to the Levenberg-Marquardt algorithm for nonlinear least-squares
/// minimization, eq. 8 to 13) the step is v + w / 2, where v is the direction above and w minimizes ‖r''[v, v] + J w‖² + a ‖D
/// w‖²; it is left out where 2 ‖D w‖ > 0.75 ‖D v‖. The decrease is predicted for v, as J w / 2 makes up for r''[v, v] / 2.
/// </para>
/// </summary>
internal sealed class LevenbergMarquardtDirection(
    Objective objective, LinearizedResiduals linearized, DampedSolver solver, bool accelerated) : TrustRegionDirection(objective,
        linearized)
{
    private const double RelativeError = 0.1;
    private const int MaxHebden = 12;

    private readonly double[] _curvature = new double[objective.Unknowns];
    private readonly double[] _scaled = new double[objective.Unknowns];
    private readonly GeodesicAcceleration? _acceleration = accelerated ? new GeodesicAcceleration(objective, linearized, solver) : null;
    private double _damping;
    private double _full;
    private double _slope;
    private bool _isLengthOnly;
    private bool _isAccelerated;

    protected override ReadOnlySpan<double> Curvature => _curvature;

    public override void Begin()
    {
        base.Begin();
        _damping = 0;
    }

    public override void Compute(Point point, ProposalDraft draft)
    {
        Linearized.Diagonal.CopyTo(_curvature, 0);
        base.Compute(point, draft);

        // ‖J p‖² / (‖J p‖² + damping ‖D p‖²). Below the machine precision the difference is rounding.
        double slope = Slope(point, draft.Direction);
        double length = Length(draft.Direction);
        draft.FullShare = _damping > 0 && slope > 0 ? Math.Clamp(1 - (_damping * length * length / slope), 1e-16, 1) : 1;
        _isAccelerated = _acceleration is not null && Free.Length > 0 && _acceleration.TryApply(point, draft, Free, Scale);
    }

    public override double ModelDecrease(Point point, ReadOnlySpan<double> step) =>
        base.ModelDecrease(point, _isAccelerated ? _acceleration!.Undo(step) : step);

    protected override void SolveFree(Point point, ProposalDraft draft, ReadOnlySpan<int> free)
    {
        double steepest = SteepestLength(point);
        if (free.IsEmpty)
        {
            (_damping, _full) = (steepest / Radius, double.PositiveInfinity);
        }
        else
        {
            FindDamping(point, draft, free, steepest);
        }

        draft.IsRestricted = _damping > 0;
        draft.StepShare = _damping > 0 ? Math.Min(1, Radius / _full) : 1;

        // Held unknowns feel the damping as well.
        for (int i = 0; i < _curvature.Length; i++)
        {
            _curvature[i] = Linearized.Diagonal[i] + (_damping * Scale[i]);
        }
    }

    private void FindDamping(Point point, ProposalDraft draft, ReadOnlySpan<int> free, double steepest)
    {
        SearchDamping(point, draft, free, steepest);
        if (_isLengthOnly)
        {
            solver.Solve(point, point.Corrected, point.Gradient, draft.Direction);
        }
    }

    private void SearchDamping(Point point, ProposalDraft draft, ReadOnlySpan<int> free, double steepest)
    {
        double guess = _damping;
        double length = Try(point, draft, free, 0);
        _full = length;
        double excess = length - Radius;
        if (excess <= RelativeError * Radius)
        {
            return;
        }

        double upper = steepest / Radius;
        double lower = double.IsFinite(length) ? -excess / LengthSlope(point, draft, length) : 0;
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

            length = Try(point, draft, free, damping);
            excess = length - Radius;
            if (Math.Abs(excess) <= RelativeError * Radius)
            {
                return;
            }

            (lower, upper) = excess > 0 || !double.IsFinite(length) ? (damping, upper) : (lower, damping);

            // Without a derivative, as if the damping alone kept p short, where its length is inverse to the damping.
            double slope = LengthSlope(point, draft, length);
            damping = double.IsNaN(slope) ? damping * length / Radius : damping - (length / Radius * excess / slope);
        }
    }

    /// <summary>The step for a damping, or its length alone, if that is less work.</summary>
    /// <returns>‖D p‖.</returns>
    private double Try(Point point, ProposalDraft draft, ReadOnlySpan<int> free, double damping)
    {
        _damping = damping;
        point.CountLinearSolve();
        solver.Prepare(point, free, damping, Scale);
        (double length, _slope) = solver.Length(point);
        _isLengthOnly = !double.IsNaN(length);
        if (_isLengthOnly)
        {
            return length;
        }

        solver.Solve(point, point.Corrected, point.Gradient, draft.Direction);
        return Length(draft.Direction);
    }

    /// <summary>f'(a) at the last step.</summary>
    private double LengthSlope(Point point, ProposalDraft draft, double length)
    {
        if (_isLengthOnly)
        {
            return _slope;
        }

        for (int i = 0; i < _scaled.Length; i++)
        {
            _scaled[i] = Scale[i] * draft.Direction[i];
        }

        return -solver.InverseForm(_scaled) / length;
    }

    /// <summary>‖D^-1 g‖: a damping of this over the radius is enough for any step.</summary>
    private double SteepestLength(Point point)
    {
        double sum = 0;
        for (int i = 0; i < Scale.Length; i++)
        {
            if (Scale[i] > 0)
            {
                sum += point.Gradient[i] / Scale[i] * point.Gradient[i];
            }
        }

        return Math.Sqrt(sum);
    }
}
