namespace Retrodict.Solvers;

/// <summary>A direction that a damping shortens and turns towards the scaled gradient: what radius control steers.</summary>
internal abstract class DampedDirection(LeastSquares model) : ActiveSetDirection(model)
{
    /// <summary>The damping of the next <see cref="Direction.Compute"/>, the reciprocal of the radius.</summary>
    public double Damping { get; set; }

    /// <summary>The share of the model's slope that its curvature balances, ‖J p‖² / (‖J p‖² + damping ‖D p‖²), for the last direction: near 1 it is the
    /// undamped step, near 0 the damping alone keeps it short.</summary>
    public double CurvatureShare { get; protected set; }

    /// <summary>The decrease of the undamped model for a step, -g.s - ‖J s‖² / 2.</summary>
    public abstract double ModelDecrease(Iterate iterate, ReadOnlySpan<double> step);
}
