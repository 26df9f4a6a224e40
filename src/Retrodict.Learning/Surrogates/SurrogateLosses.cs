using System.Globalization;

namespace Retrodict.Learning;

/// <summary>
/// The weights of the seven losses of a pair f, g, from x and the standardized y. The first three and the Jacobian Composition Penalty are
/// means over samples and components; those of weights are sums. A loss of weight 0 is not computed. The defaults are those of the
/// publication for f and g trained together.
/// </summary>
/// <remarks>
/// Source: A. L. Kachhadiya, arXiv 2511.21076, section 3. W and b are the weight and bias of f's affine layer, V and c those of g's (first)
/// one.
/// </remarks>
public sealed record SurrogateLosses
{
    /// <summary>‖f(x) - y‖².</summary>
    public double Task { get; init; } = 1;

    /// <summary>‖g(f(x)) - x‖².</summary>
    public double Reconstruction { get; init; } = 0.1;

    /// <summary>‖f(g(ỹ)) - ỹ‖² with ỹ = y + noise.</summary>
    public double Cycle { get; init; } = 0.05;

    /// <summary>‖WᵀW - I‖² over all elements.</summary>
    public double Spectral { get; init; } = 1e-6;

    /// <summary>‖b + c‖²; where they have different lengths (mean b + mean c)².</summary>
    public double BiasTie { get; init; } = 1e-4;

    /// <summary>‖V W - I‖² over all elements; of a layer with more rows than x has components the first n rows count.</summary>
    public double Composition { get; init; } = 1e-3;

    /// <summary>E ‖J_g(f(x)) J_f(x) ξ - ξ‖²: the Jacobian Composition Penalty.</summary>
    public double JacobianComposition { get; init; } = 1e-3;

    /// <summary>The losses of f alone.</summary>
    public static SurrogateLosses TaskOnly { get; } =
        new() { Reconstruction = 0, Cycle = 0, Spectral = 0, BiasTie = 0, Composition = 0, JacobianComposition = 0 };

    internal bool NeedsLinearParts => Spectral != 0 || BiasTie != 0 || Composition != 0;

    internal string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"task {Task:R}, reconstruction {Reconstruction:R}, cycle {Cycle:R}, spectral {Spectral:R}, bias tie {BiasTie:R}, "
        + $"composition {Composition:R}, JCP {JacobianComposition:R}");

    /// <exception cref="ArgumentException">A weight is negative or not finite, or all are 0.</exception>
    internal void Require()
    {
        double[] weights = [Task, Reconstruction, Cycle, Spectral, BiasTie, Composition, JacobianComposition];
        if (!Array.TrueForAll(weights, weight => weight >= 0 && double.IsFinite(weight)) || weights.Sum() == 0)
        {
            throw new ArgumentException($"The weights of losses must be finite, not negative, and not all 0; they are: {Describe()}.");
        }
    }
}
