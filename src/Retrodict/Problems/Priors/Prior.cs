using System.Globalization;
using Retrodict.Autodiff;

namespace Retrodict;

/// <summary>
/// What is believed of the unknown before the measurement, as residual rows r(x): the prior adds ½ ‖r(x)‖² to the objective, which is
/// minus the logarithm of a prior density up to a constant. Priors add up with <c>+</c> and are weighed with <see cref="Weighted"/>.
/// Immutable.
/// </summary>
public abstract class Prior
{
    private protected Prior()
    {
    }

    /// <summary>How many unknowns it is on; null for any number.</summary>
    public abstract int? Unknowns { get; }

    /// <summary>What its functional ½ ‖r(x)‖² is multiplied by, beyond what its own parameters say.</summary>
    public virtual double Weight => 1;

    /// <summary>Both: the rows of one after those of the other, so that the functionals add up.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    public static Prior operator +(Prior left, Prior right) => Add(left, right);

    /// <summary>Both; the method form of the operator.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <exception cref="ArgumentException">They are on different numbers of unknowns.</exception>
    public static Prior Add(Prior left, Prior right) => Sum(left, right);

    /// <summary>Several priors at once: their rows in order, so that the functionals add up.</summary>
    /// <param name="terms">The priors; at least one.</param>
    /// <exception cref="ArgumentException">There is none, or they are on different numbers of unknowns.</exception>
    public static Prior Sum(params ReadOnlySpan<Prior> terms) => new SumPrior(terms.ToArray());

    /// <summary>This prior with its functional multiplied by a number, on top of what it was weighed with before: the regularization
    /// parameter.</summary>
    /// <param name="weight">The factor, 0 or more. The rows are multiplied by its square root.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative or not finite.</exception>
    public virtual Prior Weighted(double weight) => new WeightedPrior(this, RequireWeight(weight));

    /// <summary>The residual rows of a traced unknown.</summary>
    /// <param name="x">The unknown; its elements, row-major, are what counts.</param>
    /// <returns>The rows, one axis.</returns>
    /// <exception cref="ShapeException">x has another number of elements than <see cref="Unknowns"/>.</exception>
    public Value Residual(Value x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Unknowns is { } unknowns && unknowns != x.Shape.ElementCount
            ? throw new ShapeException($"The prior is on {unknowns} unknowns, but x has the shape {x.Shape}.")
            : Rows(x).Flatten();
    }

    internal static double RequireWeight(double weight) => weight >= 0 && double.IsFinite(weight)
        ? weight
        : throw new ArgumentOutOfRangeException(
            nameof(weight), weight, string.Create(
                CultureInfo.InvariantCulture, $"A prior's weight is {weight}; it must be 0 or more and finite."));

    /// <summary>The rows, in any shape, of an unknown whose number of elements fits.</summary>
    private protected abstract Value Rows(Value x);
}
