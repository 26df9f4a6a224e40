using Retrodict.Solvers;

namespace Retrodict;

/// <summary>
/// Projected steepest descent with spectral step lengths and a nonmonotone line search (Birgin, Martínez, Raydan 2000, Nonmonotone
/// spectral projected gradient methods on convex sets, SIAM J. Optim. 10). The cheapest step there is; many are needed where unknowns
/// differ much in their effect on different residuals. Unknowns are scaled by the lengths of J's columns at the start, and the first length
/// comes from the linearized residuals, so no unit matters.
/// </summary>
public sealed record GradientDescent : Solver
{
    /// <summary>Defaults; <see cref="Solver.Stopping"/> has a <see cref="StoppingRule.CostTolerance"/> of 1e-13 and a
    /// <see cref="StoppingRule.StepTolerance"/> of 1e-15, since neither small progress nor short steps prove much without curvature that is
    /// known, a <see cref="StoppingRule.GradientTolerance"/> of 1e-6, and a limit of 10,000 iterations.</summary>
    public GradientDescent() =>
        Stopping = new StoppingRule { GradientTolerance = 1e-6, StepTolerance = 1e-15, CostTolerance = 1e-13, MaxIterations = 10_000 };

    /// <inheritdoc/>
    public override string Name => "gradient-descent";

    /// <summary>How long steps are; default <see cref="GradientStep.Spectral"/>.</summary>
    public GradientStep Step { get; init; }

    /// <summary>The line search along the projected step; by default it compares with the last ten objectives.</summary>
    public ArmijoOptions LineSearch { get; init; } = new() { Memory = 10 };

    /// <inheritdoc/>
    protected override SolverParts Assemble(Objective objective) =>
        new(new GradientDirection(objective, Step), new ProjectedArmijo(LineSearch, withGradient: true));
}
