using Retrodict.Solvers;

namespace Retrodict;

/// <summary>
/// Nonlinear conjugate gradients over the unknowns that are free of their bounds, restarted whenever that set changes. Steps begin at the
/// minimizer along the direction of the linearized residuals, so that linear problems are solved in as many steps as they have unknowns,
/// and unknowns are scaled by the lengths of J's columns at the start, so that no unit matters. Memory of a few vectors.
/// </summary>
public sealed record NonlinearConjugateGradients : Solver
{
    /// <summary>Defaults; <see cref="Solver.Stopping"/> has a <see cref="StoppingRule.CostTolerance"/> of 1e-12 and a
    /// <see cref="StoppingRule.StepTolerance"/> of 1e-15, since neither small progress nor short steps prove much without curvature that is
    /// known, a <see cref="StoppingRule.GradientTolerance"/> of 1e-6, and a limit of 2,000 iterations.</summary>
    public NonlinearConjugateGradients() =>
        Stopping = new StoppingRule { GradientTolerance = 1e-6, StepTolerance = 1e-15, CostTolerance = 1e-12, MaxIterations = 2000 };

    /// <inheritdoc/>
    public override string Name => "nonlinear-cg";

    /// <summary>How much of the last direction is kept; default <see cref="ConjugateGradientUpdate.HagerZhang"/>.</summary>
    public ConjugateGradientUpdate Update { get; init; }

    /// <summary>The line search; the default asks for a tenth of the first slope.</summary>
    public WolfeOptions LineSearch { get; init; } = new() { Curvature = 0.1 };

    /// <inheritdoc/>
    protected override SolverParts Assemble(Objective objective) =>
        new(new ConjugateDirection(objective, Update), new ProjectedWolfe(LineSearch, objective));
}
