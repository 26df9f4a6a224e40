using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// Directions of methods that see the model through gradients and, for lengths, through products J v. The direction is computed together with the optimality
/// measure, sqrt(predicted decrease / objective), because the one depends on the other: see <see cref="StoppingRule.GradientTolerance"/>.
/// </summary>
internal abstract class FirstOrderDirection(Objective model) : Direction
{
    private readonly double[] _product = new double[model.Rows];

    protected Objective Model => model;

    /// <summary>The gradient of the objective in units in which it was about 1 at the start, so that squares of it neither overflow nor vanish.</summary>
    protected double[] Slope { get; } = new double[model.Unknowns];

    /// <summary>One over that unit, a power of two.</summary>
    protected double Unit { get; private set; }

    /// <summary>Whether nothing of this solve has been seen before.</summary>
    protected bool Fresh { get; private set; }

    public override void Begin() => Fresh = true;

    public override bool Linearize(Iterate iterate)
    {
        if (Fresh)
        {
            Unit = iterate.Cost > 0 ? Math.ScaleB(1, -Math.Clamp(Math.ILogB(iterate.Cost), -1000, 1000)) : 1;
        }

        iterate.ComputeGradient();
        bool finite = true;
        bool stationary = true;
        Box bounds = model.Problem.Bounds;
        for (int i = 0; i < Slope.Length; i++)
        {
            double gradient = iterate.Gradient[i];
            finite &= double.IsFinite(gradient);
            Slope[i] = gradient * Unit;
            stationary &= gradient == 0 || ActiveSet.Blocked(bounds, i, iterate.X[i], gradient);
        }

        if (!finite || stationary)
        {
            iterate.Optimality = 0;
            return finite;
        }

        if (!Determine(iterate))
        {
            return false;
        }

        Fresh = false;
        iterate.Optimality = Math.Sqrt(iterate.PredictedDecrease / iterate.Cost);
        return true;
    }

    /// <summary>Nothing is left to do: <see cref="Linearize"/> has computed it.</summary>
    public override void Compute(Iterate iterate)
    {
    }

    /// <summary>Computes the direction, its predicted decrease and which unknowns are held, at a point that is not stationary.</summary>
    /// <returns>Whether derivatives are finite.</returns>
    protected abstract bool Determine(Iterate iterate);

    /// <summary>Steepest descent over the unknowns that no bound holds, which are marked.</summary>
    protected void SteepestDescent(Iterate iterate)
    {
        Box bounds = model.Problem.Bounds;
        for (int i = 0; i < Slope.Length; i++)
        {
            iterate.Active[i] = ActiveSet.Blocked(bounds, i, iterate.X[i], iterate.Gradient[i]);
            iterate.Direction[i] = iterate.Active[i] ? 0 : -Slope[i];
        }
    }

    /// <summary>
    /// Scales a direction d of descent to the minimizer along it of the linearized residuals, t = -g.d / ‖J d‖² (Cauchy's step for d = -g): a length that
    /// no unit of x or y matters to. One product with J.
    /// </summary>
    /// <returns>t; NaN if it is not finite and positive.</returns>
    protected double ScaleToMinimizer(Iterate iterate)
    {
        // Powers of two keep the squares in range.
        double[] d = iterate.Direction;
        int exponent = Math.ILogB(Vectors.Largest(d));
        for (int i = 0; i < d.Length; i++)
        {
            d[i] = Math.ScaleB(d[i], -exponent);
        }

        iterate.Run.Jvp(iterate.X, d, _product);
        iterate.Correct();
        ReadOnlySpan<double> factors = iterate.RowScale;
        for (int i = 0; i < factors.Length; i++)
        {
            _product[i] *= factors[i];
        }

        double largest = Vectors.Largest(_product);
        for (int i = 0; i < _product.Length; i++)
        {
            _product[i] /= largest;
        }

        double length = largest * Math.Sqrt(Vectors.Dot(_product, _product));
        double t = -Vectors.Dot(iterate.Gradient, d) / length / length;
        for (int i = 0; i < d.Length; i++)
        {
            d[i] *= t;
        }

        return t > 0 && double.IsFinite(t) ? Math.ScaleB(t, -exponent) : double.NaN;
    }
}
