using System.Globalization;

namespace Retrodict;

/// <summary>
/// How residuals count that are large beside the noise: a residual r, in units of the noise, adds ½ c² ρ((r/c)²) to the objective
/// instead of ½ r². Every ρ is nearly the identity near 0, ρ(s) = s + O(s²) (the convention of Ceres and SciPy), so residuals well
/// below c count as in least squares. A loss of one's own derives from this.
/// </summary>
/// <remarks>The scales that losses have when none is given keep 95 % of least squares' efficiency where the noise is normal after
/// all.</remarks>
public abstract record RobustLoss
{
    /// <summary>A loss with a scale.</summary>
    /// <param name="scale">c, in units of the noise.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not positive and finite, or its square is not.</exception>
    protected RobustLoss(double scale) => Scale = scale * scale > 0 && double.IsFinite(scale * scale) && scale > 0
        ? scale
        : throw new ArgumentOutOfRangeException(
            nameof(scale), scale, string.Create(
                CultureInfo.InvariantCulture, $"The scale of a loss is {scale}; it must be positive and finite, and so must its square."));

    /// <summary>The residual c, in units of the noise, around which a residual ceases to count in full.</summary>
    public double Scale { get; }

    /// <summary>ρ and its first two derivatives.</summary>
    /// <param name="s">The squared residual over c², finite and 0 or more.</param>
    /// <param name="rho">Receives ρ(s).</param>
    /// <param name="first">Receives ρ'(s), from 1 at 0 down, never negative.</param>
    /// <param name="second">Receives ρ''(s).</param>
    public abstract void Evaluate(double s, out double rho, out double first, out double second);
}
