namespace Retrodict.Learning;

/// <summary>
/// How the weight of the Jacobian Composition Penalty grows: a factor of 0 until <paramref name="Begin"/>, then from
/// <paramref name="First"/> to 1 at <paramref name="End"/>.
/// </summary>
/// <param name="Begin">The share of epochs before it counts.</param>
/// <param name="End">The share of epochs after which it counts in full.</param>
/// <param name="First">The factor that it begins with.</param>
/// <param name="Threshold">
/// The mean square validation error of f, standardized, below which it may begin; null for no such condition.
/// </param>
/// <remarks>
/// Source: A. L. Kachhadiya, arXiv 2511.21076: 0.2 + 0.8 t between 20 % and 80 % of the epochs, from a validation error below 0.07 for
/// linear and 0.6 for nonlinear modules.
/// </remarks>
public sealed record PenaltyRamp(double Begin = 0.2, double End = 0.8, double First = 0.2, double? Threshold = 0.07)
{
    /// <summary>The factor when a share of the epochs is over.</summary>
    internal double Factor(double share) =>
        share < Begin ? 0 : First + ((1 - First) * (End > Begin ? Math.Clamp((share - Begin) / (End - Begin), 0, 1) : 1));
}
