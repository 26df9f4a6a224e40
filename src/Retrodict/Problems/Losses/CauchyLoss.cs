namespace Retrodict;

/// <summary>The negative logarithm of Cauchy's (Lorentz's) density: ρ = ln(1 + s). The influence of an outlier falls as 1 / r; not
/// convex.</summary>
public sealed record CauchyLoss : RobustLoss
{
    /// <summary>A loss with a scale.</summary>
    /// <param name="scale">c, in units of the noise.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not positive and finite, or its square is not.</exception>
    public CauchyLoss(double scale = 2.385)
        : base(scale)
    {
    }

    /// <inheritdoc/>
    public override void Evaluate(double s, out double rho, out double first, out double second)
    {
        double shifted = 1 + s;

        // The logarithm of 1 + s without losing s to rounding (Goldberg 1991, theorem 4).
        rho = shifted == 1 ? s : Math.Log(shifted) * (s / (shifted - 1));
        first = 1 / shifted;
        second = -first * first;
    }
}
