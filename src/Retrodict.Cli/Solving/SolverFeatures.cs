using Retrodict.Cli.Hosting;

namespace Retrodict.Cli.Solving;

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

    /// <summary>The published variants minimise plain squares.</summary>
    public static Solver? Loss(Solver solver) => solver is PublishedSolver ? null : solver;

    /// <summary>The method with a feature.</summary>
    /// <param name="option">The option that asks for it.</param>
    /// <param name="solver">The method.</param>
    /// <param name="feature">The feature.</param>
    /// <exception cref="UsageException">The method does not have it; the message names those that do.</exception>
    public static Solver Require(string option, Solver solver, Func<Solver, Solver?> feature) => feature(solver) ?? throw new UsageException(
        $"{option} does not go with {solver.Name}, but with {string.Join(", ", SolverNames.All.Where(name => feature(SolverNames.Create(name)) is not null))}");
}
