using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// Directions of methods that see the model through gradients and, for lengths, through products J v. They work in unknowns z = x / w whose
/// units are chosen at the start (<see cref="UnknownScale"/>), and anew where an unknown that had no effect gets one. The direction is
/// computed together with the optimality measure, sqrt(predicted decrease / objective), because the one depends on the other: see <see
/// cref="StoppingRule.GradientTolerance"/>.
/// </summary>
internal abstract class FirstOrderDirection(Objective objective) : Direction
{
    private readonly double[] _product = new double[objective.Rows];
    private readonly double[] _step = new double[objective.Unknowns];
    private int _begun;

    protected Objective Objective => objective;

    /// <summary>The units w of the unknowns.</summary>
    protected UnknownScale Scale { get; } = new(objective);

    /// <summary>The gradient of the objective by z, in units in which it was about 1 at the start, so that squares of it neither overflow
    /// nor vanish.</summary>
    protected double[] Slope { get; } = new double[objective.Unknowns];

    /// <summary>One over that unit, a power of two.</summary>
    protected double Unit { get; private set; }

    /// <summary>Whether nothing of this solve has been seen before.</summary>
    protected bool Fresh { get; private set; }

    public override void Begin() => Fresh = true;

    public override bool Linearize(Point point, ProposalDraft draft)
    {
        point.ComputeGradient();
        bool finite = true;
        bool stationary = true;
        Box bounds = objective.Problem.Bounds;
        ReadOnlySpan<double> x = point.X;
        ReadOnlySpan<double> gradient = point.Gradient;
        for (int i = 0; i < gradient.Length; i++)
        {
            double g = gradient[i];
            finite &= double.IsFinite(g);
            stationary &= g == 0 || ActiveSet.Blocked(bounds, i, x[i], g);
        }

        if (!finite || stationary)
        {
            draft.Optimality = 0;
            return finite;
        }

        Fresh |= Scale.IsOutdated(gradient);
        if (Fresh)
        {
            _begun = point.Iterations;
            finite = Scale.Measure(point);
            Unit = point.Cost > 0 ? Math.ScaleB(1, -(Math.ILogB(point.Cost) >> 1)) : 1;
        }

        ReadOnlySpan<double> units = Scale.Units;
        Span<double> slope = Slope;
        for (int i = 0; i < slope.Length; i++)
        {
            slope[i] = gradient[i] * units[i] * Unit;
        }

        if (!finite || !Determine(point, draft))
        {
            return false;
        }

        Fresh = false;
        draft.Optimality = Math.Sqrt(draft.PredictedDecrease / point.Cost);
        return true;
    }

    /// <summary>Nothing is left to do: <see cref="Linearize"/> has computed it.</summary>
    public override void Compute(Point point, ProposalDraft draft)
    {
    }

    internal override bool TryRenew(Point point, bool isLast)
    {
        if (Fresh || point.Iterations == _begun || !(isLast || Scale.HasDrifted(point)))
        {
            return false;
        }

        Fresh = true;
        return true;
    }

    /// <summary>Computes the direction, its predicted decrease and which unknowns are held, at a point that is not stationary.</summary>
    /// <returns>Whether derivatives are finite.</returns>
    protected abstract bool Determine(Point point, ProposalDraft draft);

    /// <summary>Steepest descent by z over the unknowns that no bound holds, which are marked.</summary>
    protected void SteepestDescent(Point point, ProposalDraft draft)
    {
        Box bounds = objective.Problem.Bounds;
        ReadOnlySpan<double> x = point.X;
        ReadOnlySpan<double> gradient = point.Gradient;
        Span<double> direction = draft.Direction;
        Span<bool> active = draft.Active;
        for (int i = 0; i < direction.Length; i++)
        {
            active[i] = ActiveSet.Blocked(bounds, i, x[i], gradient[i]);
            direction[i] = active[i] ? 0 : -Slope[i];
        }
    }

    /// <summary>
    /// Scales a direction d of descent, a change of z, to the minimizer along it of the linearized residuals, t = -g.d / ‖J d‖² (Cauchy's
    /// step for d = -g): a length that no unit of x or y matters to. One product with J.
    /// </summary>
    /// <returns>t; NaN if it is not finite and positive.</returns>
    protected double ScaleToMinimizer(Point point, ProposalDraft draft)
    {
        // Powers of two keep the squares in range.
        Span<double> d = draft.Direction;
        int exponent = Math.ILogB(Vectors.Largest(d));
        for (int i = 0; i < d.Length; i++)
        {
            d[i] = Math.ScaleB(d[i], -exponent);
        }

        d.CopyTo(_step);
        Scale.ToUnknowns(_step);
        point.Times(_step, _product);
        double largest = Vectors.Largest(_product);
        for (int i = 0; i < _product.Length; i++)
        {
            _product[i] /= largest;
        }

        double length = largest * Math.Sqrt(Vectors.Dot(_product, _product));
        double t = -Vectors.Dot(point.Gradient, _step) / length / length;
        for (int i = 0; i < d.Length; i++)
        {
            d[i] *= t;
        }

        return t > 0 && double.IsFinite(t) ? Math.ScaleB(t, -exponent) : double.NaN;
    }
}
