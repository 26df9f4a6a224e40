namespace Retrodict;

/// <summary>Bounded: ρ = arctan(s), so that an outlier adds at most c² π / 4. Not convex.</summary>
public sealed record ArctanLoss : RobustLoss
{
    /// <summary>A loss with a scale.</summary>
    /// <param name="scale">c, in units of the noise.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not positive and finite, or its square is not.</exception>
    public ArctanLoss(double scale = 2.571)
        : base(scale)
    {
    }

    /// <inheritdoc/>
    public override void Evaluate(double s, out double rho, out double first, out double second)
    {
        rho = Math.Atan(s);
        first = 1 / (1 + (s * s));
        second = -2 * (s * first) * first;
    }
}
