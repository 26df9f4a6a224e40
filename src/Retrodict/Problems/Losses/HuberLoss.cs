namespace Retrodict;

/// <summary>Least squares up to c, least absolute values beyond: ρ = s for s at most 1, 2√s - 1 else (Huber 1964, Ann. Math. Statist.
/// 35). Convex in the residual.</summary>
public sealed record HuberLoss : RobustLoss
{
    /// <summary>A loss with a scale.</summary>
    /// <param name="scale">c, in units of the noise.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not positive and finite, or its square is not.</exception>
    public HuberLoss(double scale = 1.345)
        : base(scale)
    {
    }

    /// <inheritdoc/>
    public override void Evaluate(double s, out double rho, out double first, out double second)
    {
        if (s <= 1)
        {
            (rho, first, second) = (s, 1, 0);
            return;
        }

        double root = Math.Sqrt(s);
        (rho, first, second) = ((2 * root) - 1, 1 / root, -0.5 / s / root);
    }
}
