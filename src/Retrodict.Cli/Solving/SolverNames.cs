namespace Retrodict.Cli.Solving;

/// <summary>The methods by name.</summary>
internal static class SolverNames
{
    public const string GaussNewton = "gauss-newton";

    public const string LevenbergMarquardt = "levenberg-marquardt";

    private static readonly Solver[] _solvers =
    [
        new LevenbergMarquardt(),
        new GaussNewton(),
        new Dogleg(),
        new Newton(),
        new NewtonCg(),
        new GradientDescent(),
        new NonlinearConjugateGradients(),
        new Bfgs(),
        new LBfgs(),
        new GradientDescentPublished(),
        new GaussNewtonPublished(),
        new LevenbergMarquardtPublished(),
    ];

    public static IReadOnlyList<string> All { get; } = [.. _solvers.Select(solver => solver.Name)];

    public static Solver Create(string name) =>
        Array.Find(_solvers, solver => solver.Name == name) ?? throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such solver.");
}
