using Retrodict.Solvers;

namespace Retrodict;

/// <summary>
/// Powell's dogleg (Powell 1970, A hybrid method for nonlinear equations): in a trust region, the path from the point along the steepest
/// descent to the lowest point of the model there, and on to the Gauss-Newton point. One factorization serves all radii, so rejected steps
/// are cheap; where J is nearly rank deficient <see cref="LevenbergMarquardt"/> takes better steps.
/// </summary>
public sealed record Dogleg : Solver
{
    /// <inheritdoc/>
    public override string Name => "dogleg";

    /// <summary>How steps are accepted and the radius is steered.</summary>
    public TrustRegionOptions TrustRegion { get; init; } = new();

    /// <summary>How the Gauss-Newton point is found: <see cref="LinearSolver.Automatic"/>, the default, <see cref="LinearSolver.Qr"/> or
    /// <see cref="LinearSolver.Cholesky"/>. It must be exact, as one serves all radii.</summary>
    public LinearSolver LinearSolver { get; init; }

    /// <inheritdoc/>
    protected override SolverParts Assemble(Objective objective)
    {
        if (LinearSolver is LinearSolver.Lsmr or LinearSolver.ConjugateGradients)
        {
            throw new NotSupportedException($"The dogleg needs an exact linear solver: Automatic, Qr or Cholesky, not " +
                $"{LinearSolver}. Levenberg-Marquardt works with it.");
        }

        (LinearizedResiduals linearized, DampedSolver solver) = LinearSolvers.Create(LinearSolver, objective);
        var direction = new DoglegDirection(objective, linearized, solver);
        return new SolverParts(direction, new TrustRegion(TrustRegion, objective, direction));
    }
}
