// Steepest descent whose length remembers the last step. With s the last step and y the change of the gradient along it, the objective's
// curvature along s is s.y / s.s, and the step is the minimizer of the model that has this curvature in every direction (Barzilai and
// Borwein 1988, Two-point step size gradient methods, IMA J. Numer. Anal. 8, eq. 5):
//     m(p) = f + g.p + p.p / 2a,    a = s.s / s.y,    p = P(x - a g) - x.
// It lets the objective rise now and then, so it wants a globalizer with a memory. The first length, and that after negative curvature, is
// Cauchy's, g.g / |J g|^2.
using Retrodict;
using Retrodict.Solvers;

namespace OwnMethod;

/// <summary>Barzilai and Borwein's direction, for a trust region whose radius is a Euclidean length of x.</summary>
internal sealed class BarzilaiBorweinDirection(Objective objective) : Direction, ITrustRegionDirection
{
    private readonly Box _bounds = objective.Problem.Bounds;
    private readonly double[] _x = new double[objective.Unknowns];
    private readonly double[] _gradient = new double[objective.Unknowns];
    private readonly double[] _descent = new double[objective.Unknowns];
    private readonly double[] _product = new double[objective.Rows];
    private bool _hasLast;
    private double _length;
    private double _full;
    private double _decrease;

    public double Radius { get; set; }

    public override void Begin() => _hasLast = false;

    public override bool Linearize(Point point, ProposalDraft draft)
    {
        point.ComputeGradient();
        foreach (double g in point.Gradient)
        {
            if (!double.IsFinite(g))
            {
                return false;
            }
        }

        if (!Descends(point))
        {
            // Every unknown is where its bound, or a slope of zero, holds it.
            draft.Optimality = 0;
            return true;
        }

        _length = _hasLast ? LastLength(point) : double.NaN;
        if (!(_length > 0 && double.IsFinite(_length)))
        {
            _length = CauchyLength(point);
        }

        Remember(point);
        Step(point, draft.Direction);
        _full = Math.Sqrt(Dot(draft.Direction, draft.Direction));
        _decrease = ModelDecrease(point, draft.Direction);
        draft.Optimality = Math.Sqrt(_decrease / point.Cost);
        return double.IsFinite(_length);
    }

    public override void Compute(Point point, ProposalDraft draft)
    {
        Step(point, draft.Direction);
        double length = Length(draft.Direction);
        draft.IsRestricted = length > Radius;
        if (draft.IsRestricted)
        {
            foreach (ref double p in draft.Direction)
            {
                p *= Radius / length;
            }
        }

        draft.PredictedDecrease = ModelDecrease(point, draft.Direction);
        draft.FullShare = Math.Clamp(draft.PredictedDecrease / _decrease, 1e-16, 1);
    }

    public double Length(ReadOnlySpan<double> step) => Math.Sqrt(Dot(step, step)) / _full;

    public double ModelDecrease(Point point, ReadOnlySpan<double> step)
    {
        double decrease = 0;
        for (int i = 0; i < step.Length; i++)
        {
            decrease -= step[i] * (point.Gradient[i] + (0.5 * step[i] / _length));
        }

        return decrease;
    }

    /// <summary>Sets the descent to the negative gradient of the unknowns that no bound holds.</summary>
    /// <returns>Whether there is one.</returns>
    private bool Descends(Point point)
    {
        bool any = false;
        for (int i = 0; i < _descent.Length; i++)
        {
            double g = point.Gradient[i];
            bool held = g > 0 ? point.X[i] <= _bounds.Lower(i) : point.X[i] >= _bounds.Upper(i);
            _descent[i] = held ? 0 : -g;
            any |= _descent[i] != 0;
        }

        return any;
    }

    /// <summary>s.s / s.y; not a number where s.y is nothing but rounding of the gradients, as where a robust loss is a straight
    /// line.</summary>
    private double LastLength(Point point)
    {
        double squares = 0;
        double curvature = 0;
        double size = 0;
        for (int i = 0; i < _x.Length; i++)
        {
            double moved = point.X[i] - _x[i];
            squares += moved * moved;
            curvature += moved * (point.Gradient[i] - _gradient[i]);
            size += Math.Abs(moved * point.Gradient[i]) + Math.Abs(moved * _gradient[i]);
        }

        return Math.Abs(curvature) <= objective.Rounding * size ? double.NaN : squares / curvature;
    }

    /// <summary>Where the linearized residuals are lowest along the descent; scaled by powers of two, so that no square
    /// overflows.</summary>
    private double CauchyLength(Point point)
    {
        double largest = 0;
        foreach (double d in _descent)
        {
            largest = Math.Max(largest, Math.Abs(d));
        }

        int exponent = Math.ILogB(largest);
        for (int i = 0; i < _descent.Length; i++)
        {
            _descent[i] = Math.ScaleB(_descent[i], -exponent);
        }

        point.Times(_descent, _product);
        return Math.ScaleB(-Dot(point.Gradient, _descent) / Dot(_product, _product), -exponent);
    }

    private void Remember(Point point)
    {
        point.X.CopyTo(_x);
        point.Gradient.CopyTo(_gradient);
        _hasLast = true;
    }

    /// <summary>P(x - a g) - x.</summary>
    private void Step(Point point, Span<double> step)
    {
        for (int i = 0; i < step.Length; i++)
        {
            double x = point.X[i];
            step[i] = Math.Clamp(x - (_length * point.Gradient[i]), _bounds.Lower(i), _bounds.Upper(i)) - x;
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
