using Retrodict.Cli.Hosting;
using Retrodict.Cli.Requests;
using Retrodict.Comparison;

namespace Retrodict.Cli.Methods;

/// <summary>What only some methods can be told. A feature gives the method with the setting, or null where the method does not have
/// it.</summary>
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
    private static Solver? Loss(Solver solver) => solver is PublishedSolver ? null : solver;

    /// <summary>The methods, those that have a feature with it.</summary>
    /// <param name="option">The option that asks for it.</param>
    /// <param name="methods">The methods; those with a learned inverse have no feature.</param>
    /// <param name="feature">The feature.</param>
    /// <exception cref="UsageException">None of them has it; the message names those that do.</exception>
    public static IReadOnlyList<MethodRequest> Require(string option, IReadOnlyList<MethodRequest> methods, Func<Solver, Solver?> feature)
    {
        Solver?[] changed = [.. methods.Select(method => method.Classical is { } solver ? feature(solver) : null)];
        return changed.Any(solver => solver is not null)
            ? [.. changed.Select((solver, i) => solver is null ? methods[i] : methods[i] with { Classical = solver })]
            : throw new UsageException(
                $"{option} does not go with {string.Join(" or ", methods.Select(method => method.Name))}, but with "
                + string.Join(", ", SolverNames.Classical.Where(name => feature(SolverNames.Create(name)) is not null)));
    }

    /// <summary>Refuses a loss where a method minimizes plain squares, as published ones do.</summary>
    /// <exception cref="UsageException">There is such a method; the message names it.</exception>
    public static void RequireLoss(string option, IReadOnlyList<MethodRequest> methods)
    {
        foreach (MethodRequest method in methods.Where(method => method.Name != SolverNames.Learned))
        {
            Require(option, [method], Loss);
        }
    }
}
