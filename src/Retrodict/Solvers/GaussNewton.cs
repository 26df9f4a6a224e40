using Retrodict.Solvers;

namespace Retrodict;

/// <summary>
/// Gauss-Newton: every step minimises the sum of squares of the linearised residuals over the unknowns that are free of their bounds, and a line search
/// along the projected path makes it safe. Best for small and moderate residuals and up to some thousand unknowns. Without a prior, directions that the
/// measurement does not determine are left alone (the step of least length, each unknown in units of its effect on the residuals).
/// </summary>
public sealed record GaussNewton : Solver
{
    /// <inheritdoc/>
    public override string Name => "gauss-newton";

    /// <summary>The line search.</summary>
    public ArmijoOptions LineSearch { get; init; } = new();

    internal override SolverParts Assemble(LeastSquares model) =>
        new(new GaussNewtonDirection(model), new ProjectedArmijo(LineSearch, model));
}
