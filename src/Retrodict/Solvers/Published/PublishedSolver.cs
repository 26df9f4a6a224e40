using Retrodict.Solvers;

namespace Retrodict;

/// <summary>
/// A solver in the form in which the learned local inverse has been published with it, for reproduction only. It minimizes half the mean
/// square of (F(x) - y) / <see cref="InverseProblem.ObservationScale"/>, without a prior, by x + 0.4 p projected into the box, where p is
/// halved until the objective falls by 4e-5 of its slope along p, nine trials at most; it ends at the residual tolerance, at the limit on
/// iterations, or where no trial is accepted.
/// </summary>
/// <remarks>In results the cost and the discrepancy are measured in <see cref="InverseProblem.ObservationScale"/>, not in the problem's
/// noise.</remarks>
public abstract record PublishedSolver : Solver
{
    /// <summary>The published settings: residual tolerance 0.30 and 120 iterations, every other criterion off.</summary>
    protected PublishedSolver() => Stopping = new StoppingRule
    {
        GradientTolerance = null, StepTolerance = null, CostTolerance = null, ResidualTolerance = 0.30, MaxIterations = 120,
    };

    /// <summary>Iterations as the publication counts them: the loop's index when it ends, from 1, so that a solve that converges counts one
    /// more than the steps it took.</summary>
    /// <param name="summary">A solve's summary.</param>
    public int PublishedIterations(SolveSummary summary) => Math.Min(summary.Iterations + 1, Stopping.MaxIterations);

    internal override InverseProblem Restate(InverseProblem problem) =>
        problem with { Prior = null, Loss = null, Noise = problem.ObservationScale };

    /// <inheritdoc/>
    protected override SolverParts Assemble(Objective objective) => new(PublishedDirection(objective), new PublishedSearch());

    /// <summary>The direction p.</summary>
    private protected abstract Direction PublishedDirection(Objective objective);
}
