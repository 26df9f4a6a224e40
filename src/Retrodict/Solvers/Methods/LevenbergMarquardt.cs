using Retrodict.Solvers;

namespace Retrodict;

/// <summary>
/// Levenberg-Marquardt (Levenberg 1944, Marquardt 1963) as a trust region (Moré 1978): Gauss-Newton steps, no longer than a radius in
/// units of each unknown's effect on the residuals, which follows the gain ratio. The first choice for least squares: robust far from the
/// solution, fast near it, indifferent to units and to directions that the measurement does not determine.
/// </summary>
public sealed record LevenbergMarquardt : Solver
{
    /// <summary>With its own stopping rule: tolerances of 1e-12 on gradient and step and 1e-16 on the objective, as the last steps to a
    /// solution are few and quick, and up to 1000 iterations.</summary>
    public LevenbergMarquardt() => Stopping = new StoppingRule
    {
        GradientTolerance = 1e-12, StepTolerance = 1e-12, CostTolerance = 1e-16, MaxIterations = 1000,
    };

    /// <inheritdoc/>
    public override string Name => "levenberg-marquardt";

    /// <summary>How steps are accepted and the radius is steered.</summary>
    public TrustRegionOptions TrustRegion { get; init; } = new();

    /// <summary>How the damped least-squares problems are solved; default <see cref="LinearSolver.Automatic"/>.</summary>
    public LinearSolver LinearSolver { get; init; }

    /// <summary>Whether directions in which the Jacobian is zero to rounding are left out of the full step, so that what the measurement
    /// does not determine stays as it is. The default. Otherwise they count as far as they stand out from the rounding of the Jacobian's
    /// elements: every damping is larger by the square of u ‖J D^-1‖ in Frobenius' norm, with the unit roundoff u (Tikhonov's filter
    /// instead of a cut; MINPACK has neither). On an ill-posed problem without a prior the objective then falls further, into the rounding
    /// of the model, and the unknowns grow by orders of magnitude; where the Jacobian is exactly rank deficient they drift. Heeded by the
    /// dense solvers, which then do without normal equations.</summary>
    public bool TruncatesRank { get; init; } = true;

    /// <summary>Whether steps follow the curvature of the residuals to second order (Transtrum and Sethna 2012), at the price of one second
    /// derivative along the step and one more solve with the same factors. Pays in narrow curved valleys. Off by default.</summary>
    public bool GeodesicAcceleration { get; init; }

    internal override Session Open(InverseProblem problem, Objective objective)
    {
        if (GeodesicAcceleration)
        {
            SecondDerivatives.Require($"{Name} with geodesic acceleration", objective.CompileSecondDerivative);
        }

        return base.Open(problem, objective);
    }

    /// <inheritdoc/>
    protected override SolverParts Assemble(Objective objective)
    {
        (LinearizedResiduals linearized, DampedSolver solver) = LinearSolvers.Create(LinearSolver, objective, TruncatesRank);
        var direction = new LevenbergMarquardtDirection(objective, linearized, solver, GeodesicAcceleration);
        return new SolverParts(direction, new TrustRegion(TrustRegion, objective, direction));
    }
}
