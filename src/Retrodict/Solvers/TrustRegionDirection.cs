namespace Retrodict.Solvers;

/// <summary>
/// A direction that minimises the model of the residuals within a trust region ‖D p‖ ≤ radius. D holds the largest lengths that J's columns have had (Moré
/// 1978): with it no unit of an unknown matters, and a column that vanishes on the way does not set its unknown loose.
/// </summary>
internal abstract class TrustRegionDirection(LeastSquares model, double initialFactor) : ActiveSetDirection(model)
{
    private readonly double[] _scale = new double[model.Unknowns];

    /// <summary>The radius of the next <see cref="Direction.Compute"/>.</summary>
    public double Radius { get; set; }

    /// <summary>The squares of D.</summary>
    public ReadOnlySpan<double> Scale => _scale;

    /// <summary>Whether the radius, and not the model's minimum, ended the last step.</summary>
    public abstract bool IsRestricted { get; }

    /// <summary>The share of the model's slope that its curvature balances, for the last direction: 1 for the full step, near 0 where the radius alone keeps
    /// it short.</summary>
    public abstract double CurvatureShare { get; }

    public override void Begin()
    {
        Array.Clear(_scale);
        Radius = double.NaN;
    }

    /// <summary>The decrease that the model without a radius predicts for a step, -g.s - ‖J s‖² / 2.</summary>
    public abstract double ModelDecrease(Iterate iterate, ReadOnlySpan<double> step);

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

    /// <summary>Takes note of the squared lengths of J's columns at a new point, and sets the first radius.</summary>
    protected void UpdateScale(Iterate iterate, ReadOnlySpan<double> squares)
    {
        for (int i = 0; i < _scale.Length; i++)
        {
            _scale[i] = Math.Max(_scale[i], squares[i]);
        }

        if (double.IsNaN(Radius))
        {
            Radius = initialFactor * Length(iterate.X) is var radius and > 0 ? radius : double.PositiveInfinity;
        }
    }
}
