namespace Retrodict.Solvers;

/// <summary>Where a solve first met a NaN or an infinity, and how often in all.</summary>
internal sealed class NonFiniteNotes
{
    /// <summary>The notes; null where there are none.</summary>
    public NonFiniteReport? Report { get; private set; }

    public void Begin() => Report = null;

    /// <param name="iteration">The iteration, 0 for the start.</param>
    /// <param name="residual">The residual's position, -1 for a derivative.</param>
    public void Add(int iteration, int residual) =>
        Report = Report is { } first ? first with { Evaluations = first.Evaluations + 1 } : new NonFiniteReport(iteration, residual, 1);

    /// <summary>Says which derivative made a step fail, which may be later than what was met first.</summary>
    /// <param name="residual">The residual's position, -1 if it is not known.</param>
    /// <param name="unknown">The unknown, -1 if it is not known.</param>
    public void Blame(int residual, int unknown) =>
        Report = Report is { } first ? first with { DerivativeResidual = residual, DerivativeUnknown = unknown } : null;
}
