namespace Retrodict.Solvers;

/// <summary>
/// A direction that keeps its step within a radius and has a model of the objective, which is what a trust region needs. The length ‖D
/// p‖ of a step is the direction's own choice; a diagonal D of the lengths of J's columns makes it indifferent to the units of the
/// unknowns. A <see cref="Direction"/> implements it as well.
/// </summary>
public interface ITrustRegionDirection
{
    /// <summary>The largest length of the next step, written by the trust region before every <see cref="Compute"/>: positive, perhaps
    /// infinite.</summary>
    double Radius { get; set; }

    /// <inheritdoc cref="Direction.Compute"/>
    void Compute(Point point, ProposalDraft draft);

    /// <summary>The length ‖D s‖ of a step.</summary>
    /// <param name="step">s, [unknowns], in the units of x. For the current point itself the length sets the first radius.</param>
    double Length(ReadOnlySpan<double> step);

    /// <summary>The decrease of the objective that the model predicts for a step, which may be the proposed one cut off at the
    /// bounds.</summary>
    /// <param name="point">The current point.</param>
    /// <param name="step">s, [unknowns], in the units of x.</param>
    double ModelDecrease(Point point, ReadOnlySpan<double> step);
}
