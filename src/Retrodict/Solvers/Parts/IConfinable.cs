namespace Retrodict.Solvers;

/// <summary>A trust region's direction that can be kept from taking unknowns away out of all proportion: where J's column has no more than
/// a trace of an unknown, the model sends it anywhere, and a radius that holds it back would hold back all others.</summary>
internal interface IConfinable
{
    /// <summary>Gives unknowns that a step changes by more than themselves a length by which half of themselves fills the radius.</summary>
    /// <param name="point">The current point.</param>
    /// <param name="step">The step, where the model was not finite.</param>
    /// <returns>Whether there are such unknowns.</returns>
    bool TryConfine(Point point, ReadOnlySpan<double> step);
}
