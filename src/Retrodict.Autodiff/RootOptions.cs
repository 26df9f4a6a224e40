namespace Retrodict.Autodiff;

/// <summary>How a root or fixed point is found: Newton's method with halving of steps that do not lower the residual.</summary>
public sealed record RootOptions
{
    /// <summary>
    /// Converged when Newton's step is at most this times the length of x (or of the way from the guess, if that is longer); the step is
    /// then still taken. Null, the default, is 1e-10 for double and 1e-5 for float.
    /// </summary>
    public double? Tolerance { get; init; }

    /// <summary>The most steps; default 50. An instance that needs more is NaN, and its flag 0.</summary>
    public int MaxIterations { get; init; } = 50;

    /// <summary>
    /// How Newton's linear systems and those of derivatives are solved: null, the default, by LU factorization of the dense Jacobian; else
    /// without a matrix, by GMRES on Jacobian-vector products.
    /// </summary>
    public KrylovOptions? Krylov { get; init; }
}
