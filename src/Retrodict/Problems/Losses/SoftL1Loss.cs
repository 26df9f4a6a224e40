namespace Retrodict;

/// <summary>A smooth form of <see cref="HuberLoss"/>: ρ = 2 (√(1 + s) - 1) (Charbonnier et al. 1997, IEEE Trans. Image Process. 6).
/// Convex in the residual.</summary>
public sealed record SoftL1Loss : RobustLoss
{
    /// <summary>A loss with a scale.</summary>
    /// <param name="scale">c, in units of the noise.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not positive and finite, or its square is not.</exception>
    public SoftL1Loss(double scale = 1.287)
        : base(scale)
    {
    }

    /// <inheritdoc/>
    public override void Evaluate(double s, out double rho, out double first, out double second)
    {
        double root = Math.Sqrt(1 + s);

        // The difference without cancellation for small s.
        (rho, first, second) = (2 * (s / (root + 1)), 1 / root, -0.5 / (1 + s) / root);
    }
}
