namespace Retrodict.Solvers;

/// <summary>
/// The Levenberg-Marquardt direction on the free unknowns: p minimises ‖r + J p‖² + damping ‖D p‖², with the reciprocal of the radius as the damping. D holds
/// the largest lengths that J's columns have had (Moré 1978): with it no unit of an unknown matters, and a column that vanishes on the way does not set
/// its unknown loose.
/// <para>
/// With geodesic acceleration (Transtrum and Sethna 2012, Improvements to the Levenberg-Marquardt algorithm for nonlinear least-squares minimization,
/// eq. 8 to 13) the step is v + a / 2, where v is the direction above and a minimises ‖r''[v, v] + J a‖² + damping ‖D a‖²; it is left out where
/// 2 ‖D a‖ > 0.75 ‖D v‖. The decrease is predicted for v, as J a / 2 makes up for r''[v, v] / 2.
/// </para>
/// </summary>
internal sealed class DampedDirection(LeastSquares model, LinearizedResiduals linearized, DampedSolver solver, bool accelerated) : TrustRegionDirection(model)
{
    private const double LargestAcceleration = 0.75;

    private readonly double[] _scale = new double[model.Unknowns];
    private readonly double[] _curvature = new double[model.Unknowns];
    private readonly double[] _product = new double[model.Rows];
    private readonly double[] _velocity = new double[accelerated ? model.Unknowns : 0];
    private readonly double[] _acceleration = new double[accelerated ? model.Unknowns : 0];
    private readonly double[] _second = new double[accelerated ? model.Rows : 0];
    private readonly double[] _secondGradient = new double[accelerated ? model.Unknowns : 0];
    private bool _bent;

    protected override ReadOnlySpan<double> Curvature => _curvature;

    private double Damping => 1 / Radius;

    public override void Begin() => Array.Clear(_scale);

    public override bool Linearize(Iterate iterate)
    {
        bool finite = linearized.Linearize(iterate);
        for (int i = 0; i < _scale.Length; i++)
        {
            _scale[i] = Math.Max(_scale[i], linearized.Diagonal[i]);
        }

        return finite;
    }

    public override void Compute(Iterate iterate)
    {
        for (int i = 0; i < _curvature.Length; i++)
        {
            _curvature[i] = linearized.Diagonal[i] + (Damping * _scale[i]);
        }

        base.Compute(iterate);
        double slope = Slope(iterate, iterate.Direction);

        // The share of the slope that curvature balances, ‖J p‖² / (‖J p‖² + damping ‖D p‖²). Below the machine precision the difference is rounding.
        FullShare = slope > 0 ? Math.Clamp(1 - (Damping * SquaredLength(iterate.Direction) / slope), 1e-16, 1) : 1;
        _bent = accelerated && Free.Length > 0 && Accelerate(iterate);
    }

    public override double ModelDecrease(Iterate iterate, ReadOnlySpan<double> step)
    {
        if (_bent)
        {
            step.CopyTo(_velocity);
            Vectors.Add(_velocity, -0.5, _acceleration);
            step = _velocity;
        }

        linearized.Times(iterate, step, _product);
        return Slope(iterate, step) - LeastSquares.Cost(_product);
    }

    protected override void SolveFree(Iterate iterate, ReadOnlySpan<int> free)
    {
        if (free.Length > 0)
        {
            iterate.Run.Counts = iterate.Run.Counts with { LinearSolves = iterate.Run.Counts.LinearSolves + 1 };
            solver.Prepare(iterate, free, Damping, _scale);
            solver.Solve(iterate, iterate.Corrected, iterate.Gradient, iterate.Direction);
        }
    }

    private bool Accelerate(Iterate iterate)
    {
        Array.Clear(_velocity);
        foreach (int i in Free)
        {
            _velocity[i] = iterate.Direction[i];
        }

        iterate.Run.SecondDerivative(iterate.X, _velocity, _second);
        linearized.TransposedTimes(iterate, _second, _secondGradient);
        Array.Clear(_acceleration);
        iterate.Run.Counts = iterate.Run.Counts with { LinearSolves = iterate.Run.Counts.LinearSolves + 1 };
        solver.Solve(iterate, _second, _secondGradient, _acceleration);

        // Not a number fails the comparison.
        if (!(4 * SquaredLength(_acceleration) <= LargestAcceleration * LargestAcceleration * SquaredLength(_velocity)))
        {
            return false;
        }

        foreach (int i in Free)
        {
            iterate.Direction[i] += 0.5 * _acceleration[i];
        }

        return true;
    }

    /// <summary>‖D p‖².</summary>
    private double SquaredLength(double[] p)
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            sum += _scale[i] * p[i] * p[i];
        }

        return sum;
    }
}
