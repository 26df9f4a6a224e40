using Retrodict.Solvers;

namespace Retrodict;

/// <summary>
/// Newton's method with the full Hessian, J^T J and the curvature of the residuals, so that it converges quadratically where large
/// residuals make Gauss-Newton slow. Directions of negative curvature are followed downwards (Dauphin and others 2014, Identifying and
/// attacking the saddle point problem in high-dimensional non-convex optimization), and a line search along the projected path makes it
/// safe. Up to some hundred unknowns; beyond, <see cref="NewtonCg"/>.
/// </summary>
public sealed record Newton : Solver
{
    /// <inheritdoc/>
    public override string Name => "newton";

    /// <summary>The line search.</summary>
    public ArmijoOptions LineSearch { get; init; } = new();

    internal override Session Open(InverseProblem problem, Objective objective)
    {
        SecondDerivatives.Require(Name, objective.CompileCurvature);
        return base.Open(problem, objective);
    }

    /// <inheritdoc/>
    protected override SolverParts Assemble(Objective objective) => new(new NewtonDirection(objective), new ProjectedArmijo(LineSearch));
}
