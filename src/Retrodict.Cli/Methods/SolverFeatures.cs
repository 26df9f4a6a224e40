using Retrodict.Cli.Hosting;

namespace Retrodict.Cli.Methods;

/// <summary>What only some methods can be told. A feature gives the method with the setting, or null where the method does not have it.</summary>
internal static class SolverFeatures
{
    public static Solver? LinearSolver(Solver solver, LinearSolver value) => solver switch
    {
        GaussNewton method => method with { LinearSolver = value },
        LevenbergMarquardt method => method with { LinearSolver = value },
        Dogleg method when value is Retrodict.LinearSolver.Automatic or Retrodict.LinearSolver.Qr or Retrodict.LinearSolver.Cholesky =>
            method with { LinearSolver = value },
        _ => null,
    };

    public static Solver? Memory(Solver solver, int value) => solver is LBfgs method ? method with { Memory = value } : null;

    public static Solver? GeodesicAcceleration(Solver solver) =>
        solver is LevenbergMarquardt method ? method with { GeodesicAcceleration = true } : null;

    public static Solver? Nonmonotone(Solver solver, int value) => solver switch
    {
        LevenbergMarquardt method => method with { TrustRegion = method.TrustRegion with { Memory = value } },
        Dogleg method => method with { TrustRegion = method.TrustRegion with { Memory = value } },
        GaussNewton method => method with { LineSearch = method.LineSearch with { Memory = value } },
        Newton method => method with { LineSearch = method.LineSearch with { Memory = value } },
        NewtonCg method => method with { LineSearch = method.LineSearch with { Memory = value } },
        GradientDescent method => method with { LineSearch = method.LineSearch with { Memory = value } },
        _ => null,
    };

    /// <summary>The published variants minimize plain squares.</summary>
    public static Solver? Loss(Solver solver) => solver is PublishedSolver ? null : solver;

    /// <summary>The methods, those that have a feature with it.</summary>
    /// <param name="option">The option that asks for it.</param>
    /// <param name="solvers">The methods.</param>
    /// <param name="feature">The feature.</param>
    /// <exception cref="UsageException">None of them has it; the message names those that do.</exception>
    public static IReadOnlyList<Solver> Require(string option, IReadOnlyList<Solver> solvers, Func<Solver, Solver?> feature)
    {
        Solver?[] changed = [.. solvers.Select(feature)];
        return changed.Any(solver => solver is not null)
            ? [.. changed.Select((solver, i) => solver ?? solvers[i])]
            : throw new UsageException(
                $"{option} does not go with {string.Join(" or ", solvers.Select(solver => solver.Name))}, but with "
                + string.Join(", ", SolverNames.Classical.Where(name => feature(SolverNames.Create(name)) is not null)));
    }
}
