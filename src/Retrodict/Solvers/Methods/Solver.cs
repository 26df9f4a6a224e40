using Retrodict.Autodiff;
using Retrodict.Solvers;

namespace Retrodict;

/// <summary>
/// A method for inverse problems: an assembly of a direction, a globalizer and a stopping rule, run by one shared loop. Prepare a problem
/// once and solve it for as many measurements as there are, or call <see cref="Solve"/> for a single one. A method of your own is a record
/// that names itself and assembles its parts: see docs/your-own-method.md.
/// </summary>
public abstract record Solver
{
    /// <summary>The method's name, as on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>When solves end.</summary>
    public StoppingRule Stopping { get; init; } = new();

    /// <summary>The element type of model evaluations; default <see cref="Precision.Float64"/>.</summary>
    public Precision Precision { get; init; }

    /// <summary>The threads that large model evaluations are split over; null, the default, is <see cref="ThreadTeam.Shared"/>. Results do
    /// not depend on it.</summary>
    public ThreadTeam? Team { get; init; }

    /// <summary>Compiles what the method needs of a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <returns>A session, safe for use by many threads at once.</returns>
    public Session Prepare(InverseProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Open(problem, Compile(problem));
    }

    /// <summary>Prepares a problem and solves it for one measurement, with the iteration table in the result.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="observation">The measurement y, of length m, row-major.</param>
    /// <param name="start">The first point, of length n; projected into the box if it lies outside.</param>
    /// <param name="progress">Told of every iteration.</param>
    /// <param name="cancellation">Ends the solve early with the best point so far.</param>
    /// <exception cref="ArgumentException">A length does not fit the problem, or an entry is not finite.</exception>
    public SolveResult Solve(
        InverseProblem problem,
        ReadOnlySpan<double> observation,
        ReadOnlySpan<double> start,
        IProgress<IterationRecord>? progress = null,
        CancellationToken cancellation = default) => Prepare(problem).Solve(observation, start, progress, cancellation);

    /// <summary>The problem that is minimized instead of the given one.</summary>
    internal virtual InverseProblem Restate(InverseProblem problem) => problem;

    /// <summary>The residual functions that are minimized.</summary>
    internal virtual Objective Compile(InverseProblem problem) => Objective.Compile(Restate(problem), Precision, Team);

    /// <summary>A session of a compiled problem.</summary>
    internal virtual Session Open(InverseProblem problem, Objective objective) =>
        new(problem, objective, Stopping, () => MakeParts(objective));

    /// <summary>Makes the parts of the method, with the memory of one solve at a time. A session calls it as often as solves run side by
    /// side, perhaps from several threads; each time it must make new parts.</summary>
    /// <param name="objective">The problem, compiled: its sizes and its box.</param>
    /// <returns>A direction and a globalizer, which share nothing with those of other calls.</returns>
    protected abstract SolverParts Assemble(Objective objective);

    /// <summary>What <see cref="Assemble"/> makes.</summary>
    internal SolverParts MakeParts(Objective objective) =>
        Assemble(objective) ?? throw new InvalidOperationException($"{GetType().Name}.{nameof(Assemble)} returned no parts.");
}
