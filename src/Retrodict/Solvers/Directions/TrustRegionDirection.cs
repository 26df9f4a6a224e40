using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// A direction that minimizes the model of the residuals, or nearly so, within a trust region ‖D p‖ ≤ radius. D holds the largest
/// lengths that J's columns have had (Moré 1978): with it no unit of an unknown matters, and a column that vanishes on the way does not
/// set its unknown loose.
/// </summary>
internal abstract class TrustRegionDirection(Objective objective, LinearizedResiduals linearized)
    : ActiveSetDirection(objective), ITrustRegionDirection, IConfinable
{
    private readonly double[] _scale = new double[objective.Unknowns];
    private readonly double[] _product = new double[objective.Rows];

    /// <inheritdoc/>
    public double Radius { get; set; }

    /// <summary>The squares of D.</summary>
    protected ReadOnlySpan<double> Scale => _scale;

    /// <summary>r + J p.</summary>
    protected LinearizedResiduals Linearized => linearized;

    public override void Begin() => Array.Clear(_scale);

    public override bool Linearize(Point point, ProposalDraft draft)
    {
        bool finite = linearized.Linearize(point, draft);

        // From a point without derivatives the solve may go on elsewhere.
        for (int i = 0; i < _scale.Length && finite; i++)
        {
            _scale[i] = Math.Max(_scale[i], linearized.Diagonal[i]);
        }

        return finite;
    }

    /// <summary>The decrease of the objective that the linearized residuals predict for a step, -g.s - ‖J s‖² / 2.</summary>
    public virtual double ModelDecrease(Point point, ReadOnlySpan<double> step)
    {
        linearized.Times(point, step, _product);
        return Slope(point, step) - (0.5 * Vectors.Dot(_product, _product));
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

    /// <inheritdoc/>
    public bool TryConfine(Point point, ReadOnlySpan<double> step)
    {
        Radius = Math.Min(Radius, Length(step));
        bool confined = false;
        for (int i = 0; i < _scale.Length; i++)
        {
            double size = Math.Abs(point.X[i]);
            double length = 2 * Radius / size;
            if (size > 0 && Math.Abs(step[i]) > size && length * length > _scale[i])
            {
                _scale[i] = length * length;
                confined = true;
            }
        }

        if (confined)
        {
            linearized.ForgetFactors();
        }

        return confined;
    }

    /// <summary>-g.s.</summary>
    protected static double Slope(Point point, ReadOnlySpan<double> step) => -Vectors.Dot(point.Gradient, step);
}
