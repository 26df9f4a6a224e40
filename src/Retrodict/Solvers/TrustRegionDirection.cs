namespace Retrodict.Solvers;

/// <summary>A direction that a radius keeps short: what <see cref="RadiusControl"/> steers.</summary>
internal abstract class TrustRegionDirection(LeastSquares model) : ActiveSetDirection(model)
{
    /// <summary>The radius of the next <see cref="Direction.Compute"/>: see <see cref="TrustRegionOptions.InitialRadius"/>.</summary>
    public double Radius { get; set; }

    /// <summary>The radius beyond which the last direction would have been the same; infinite where every radius changes it.</summary>
    public virtual double Reach => double.PositiveInfinity;

    /// <summary>How much of the decrease that the model predicts without a radius the last direction keeps: near 1 it is the full step, near 0 the radius
    /// alone keeps it short.</summary>
    public double FullShare { get; protected set; } = 1;

    /// <summary>The decrease of the objective that the linearised residuals predict for a step, -g.s - ‖J s‖² / 2.</summary>
    public abstract double ModelDecrease(Iterate iterate, ReadOnlySpan<double> step);

    /// <summary>-g.s.</summary>
    protected static double Slope(Iterate iterate, ReadOnlySpan<double> step)
    {
        double slope = 0;
        for (int i = 0; i < step.Length; i++)
        {
            slope -= iterate.Gradient[i] * step[i];
        }

        return slope;
    }
}
