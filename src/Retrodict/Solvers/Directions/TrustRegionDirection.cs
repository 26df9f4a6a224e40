using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// A direction that minimizes the model of the residuals, or nearly so, within a trust region ‖D p‖ ≤ radius. D holds the largest lengths that J's columns have had
/// (Moré 1978): with it no unit of an unknown matters, and a column that vanishes on the way does not set its unknown loose.
/// </summary>
internal abstract class TrustRegionDirection(Objective model, LinearizedResiduals linearized, double initialFactor) : ActiveSetDirection(model)
{
    private readonly double[] _scale = new double[model.Unknowns];
    private readonly double[] _product = new double[model.Rows];

    /// <summary>The radius of the next <see cref="Direction.Compute"/>.</summary>
    public double Radius { get; set; }

    /// <summary>Whether the radius, and not the model's minimum, ended the last step.</summary>
    public bool IsRestricted { get; protected set; }

    /// <summary>How much of the decrease that the model predicts without a radius the last direction keeps: 1 for the full step, near 0 where the radius alone
    /// keeps it short.</summary>
    public double FullShare { get; protected set; } = 1;

    /// <summary>The squares of D.</summary>
    protected ReadOnlySpan<double> Scale => _scale;

    /// <summary>r + J p.</summary>
    protected LinearizedResiduals Linearized => linearized;

    public override void Begin()
    {
        Array.Clear(_scale);
        Radius = double.NaN;
    }

    public override bool Linearize(Iterate iterate)
    {
        bool finite = linearized.Linearize(iterate);
        for (int i = 0; i < _scale.Length; i++)
        {
            _scale[i] = Math.Max(_scale[i], linearized.Diagonal[i]);
        }

        if (double.IsNaN(Radius))
        {
            Radius = initialFactor * Length(iterate.X) is var radius and > 0 ? radius : double.PositiveInfinity;
        }

        return finite;
    }

    /// <summary>The decrease of the objective that the linearized residuals predict for a step, -g.s - ‖J s‖² / 2.</summary>
    public virtual double ModelDecrease(Iterate iterate, ReadOnlySpan<double> step)
    {
        linearized.Times(iterate, step, _product);
        return Slope(iterate, step) - (0.5 * Vectors.Dot(_product, _product));
    }

    /// <summary>‖D s‖.</summary>
    public double Length(ReadOnlySpan<double> step)
    {
        double sum = 0;
        for (int i = 0; i < step.Length; i++)
        {
            sum += _scale[i] * step[i] * step[i];
        }

        return Math.Sqrt(sum);
    }

    /// <summary>-g.s.</summary>
    protected static double Slope(Iterate iterate, ReadOnlySpan<double> step) => -Vectors.Dot(iterate.Gradient, step);
}
