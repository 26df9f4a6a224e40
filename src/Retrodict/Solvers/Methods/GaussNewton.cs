using Retrodict.Solvers;

namespace Retrodict;

/// <summary>
/// Gauss-Newton: every step minimizes the sum of squares of the linearized residuals over the unknowns that are free of their bounds, and a
/// line search along the projected path makes it safe. Best for small and moderate residuals; with many unknowns, with
/// <see cref="LinearSolver.Lsmr"/>. Without a prior, directions that the
/// measurement does not determine are left alone (the step of least length, each unknown in units of its effect on the residuals).
/// </summary>
public sealed record GaussNewton : Solver
{
    /// <inheritdoc/>
    public override string Name => "gauss-newton";

    /// <summary>The line search.</summary>
    public ArmijoOptions LineSearch { get; init; } = new();

    /// <summary>How the linear least-squares problems are solved; default <see cref="LinearSolver.Automatic"/>.</summary>
    public LinearSolver LinearSolver { get; init; }

    /// <inheritdoc/>
    protected override SolverParts Assemble(Objective objective)
    {
        (LinearizedResiduals linearized, DampedSolver solver) = LinearSolvers.Create(LinearSolver, objective);
        return new SolverParts(new GaussNewtonDirection(objective, linearized, solver), new ProjectedArmijo(LineSearch));
    }
}
