using Retrodict.Solvers;

namespace Retrodict;

/// <summary>
/// The method of Broyden, Fletcher, Goldfarb and Shanno (1970) with a dense approximation of the Hessian, which learns what Gauss-Newton
/// leaves out: good for large residuals, up to some hundred unknowns. Bounds are held by an active set.
/// </summary>
public sealed record Bfgs : Solver
{
    /// <summary>Defaults; <see cref="Solver.Stopping"/> has a <see cref="StoppingRule.CostTolerance"/> of 1e-12 and a
    /// <see cref="StoppingRule.StepTolerance"/> of 1e-15, since neither small progress nor short steps prove much without curvature that is
    /// known, a <see cref="StoppingRule.GradientTolerance"/> of 1e-6, and a limit of 1,000 iterations.</summary>
    public Bfgs() =>
        Stopping = new StoppingRule { GradientTolerance = 1e-6, StepTolerance = 1e-15, CostTolerance = 1e-12, MaxIterations = 1000 };

    /// <inheritdoc/>
    public override string Name => "bfgs";

    /// <summary>What the approximation starts as; default <see cref="InitialHessian.Cauchy"/>.</summary>
    public InitialHessian InitialHessian { get; init; }

    /// <summary>The line search.</summary>
    public WolfeOptions LineSearch { get; init; } = new();

    /// <inheritdoc/>
    protected override SolverParts Assemble(Objective objective) =>
        new(new BfgsDirection(objective, InitialHessian), new ProjectedWolfe(LineSearch, objective));
}
