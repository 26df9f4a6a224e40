using Retrodict.Solvers;

namespace Retrodict;

/// <summary>
/// Newton's method by truncated conjugate gradients (Nocedal and Wright 2006, Numerical Optimization, algorithm 7.1): products of the full
/// Hessian with vectors alone, few of them far from the solution, and descent where the curvature is negative. For many unknowns and large
/// residuals.
/// </summary>
public sealed record NewtonCg : Solver
{
    /// <inheritdoc/>
    public override string Name => "newton-cg";

    /// <summary>The line search.</summary>
    public ArmijoOptions LineSearch { get; init; } = new();

    internal override Session Open(InverseProblem problem, Objective objective)
    {
        SecondDerivatives.Require(Name, objective.CompileCurvatureProduct);
        return base.Open(problem, objective);
    }

    /// <inheritdoc/>
    protected override SolverParts Assemble(Objective objective) => new(new NewtonCgDirection(objective), new ProjectedArmijo(LineSearch));
}
