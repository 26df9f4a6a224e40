namespace Retrodict.Cli.Solving;

/// <summary>The methods by name.</summary>
internal static class SolverNames
{
    public const string GaussNewton = "gauss-newton";

    private static readonly Solver[] _solvers =
    [
        new GaussNewton(),
        new LevenbergMarquardt(),
        new Dogleg(),
        new Newton(),
        new NewtonCg(),
        new GradientDescentPublished(),
        new GaussNewtonPublished(),
        new LevenbergMarquardtPublished(),
    ];

    public static IReadOnlyList<string> All { get; } = [.. _solvers.Select(solver => solver.Name)];

    public static Solver Create(string name) =>
        Array.Find(_solvers, solver => solver.Name == name) ?? throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such solver.");
}
