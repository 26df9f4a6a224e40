namespace Retrodict;

/// <summary>The biweight: ρ = (1 - (1 - s)³) / 3 for s at most 1, 1/3 else, so that a residual beyond c has no influence at all (Beaton
/// and Tukey 1974, Technometrics 16, normalized to ρ'(0) = 1). Not convex: start near the solution, for instance from that of
/// <see cref="HuberLoss"/>.</summary>
public sealed record TukeyLoss : RobustLoss
{
    /// <summary>A loss with a scale.</summary>
    /// <param name="scale">c, in units of the noise.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not positive and finite, or its square is not.</exception>
    public TukeyLoss(double scale = 4.685)
        : base(scale)
    {
    }

    /// <inheritdoc/>
    public override void Evaluate(double s, out double rho, out double first, out double second)
    {
        if (s >= 1)
        {
            (rho, first, second) = (1.0 / 3, 0, 0);
            return;
        }

        double rest = 1 - s;
        (rho, first, second) = (s * (1 - (s * (1 - (s / 3)))), rest * rest, -2 * rest);
    }
}
