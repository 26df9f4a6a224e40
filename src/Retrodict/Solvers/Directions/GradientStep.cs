namespace Retrodict;

/// <summary>How long the steps of <see cref="GradientDescent"/> are before the line search.</summary>
public enum GradientStep
{
    /// <summary>Barzilai and Borwein's length s.s / s.y from the last step s and the change y of the gradient (1988, IMA J. Numer. Anal.
    /// 8): one over a mean of the curvatures that s met. The first step is Cauchy's.</summary>
    Spectral,

    /// <summary>Cauchy's: the minimizer along the gradient of the linearized residuals, g.g / ‖J g‖², for a product with J a
    /// step.</summary>
    Cauchy,
}
