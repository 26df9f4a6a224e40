namespace Retrodict;

/// <summary>What the Hessian approximation of <see cref="Bfgs"/> starts as.</summary>
public enum InitialHessian
{
    /// <summary>The curvature ‖J g‖² / ‖g‖² of the linearized residuals along the first gradient, for all unknowns, in units
    /// in which the columns of J are about equally long.</summary>
    Cauchy,

    /// <summary>J^T J at the start, once: no coordinates matter then. Where it is singular, as <see cref="Cauchy"/>.</summary>
    GaussNewton,
}
