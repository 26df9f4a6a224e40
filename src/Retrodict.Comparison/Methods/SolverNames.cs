namespace Retrodict.Comparison;

/// <summary>The methods by name.</summary>
public static class SolverNames
{
    /// <summary>Gauss-Newton with a line search.</summary>
    public const string GaussNewton = "gauss-newton";

    /// <summary>Levenberg-Marquardt.</summary>
    public const string LevenbergMarquardt = "levenberg-marquardt";

    /// <summary>L-BFGS in the box.</summary>
    public const string LBfgs = "l-bfgs";

    /// <summary>The method with a learned inverse.</summary>
    public const string Learned = "d-ipg";

    /// <summary>The same as published.</summary>
    public const string LearnedPublished = "d-ipg-published";

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

    /// <summary>Those that need nothing but a problem.</summary>
    public static IReadOnlyList<string> Classical { get; } = [.. _solvers.Select(solver => solver.Name)];

    /// <summary>These and those with a learned inverse.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Classical, Learned, LearnedPublished];

    /// <summary>Whether a method needs a model.</summary>
    /// <param name="name">The name.</param>
    public static bool IsLearned(string name) => name is Learned or LearnedPublished;

    /// <summary>A classical method with its defaults.</summary>
    /// <param name="name">One of <see cref="Classical"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such method.</exception>
    public static Solver Create(string name) => Array.Find(_solvers, solver => solver.Name == name)
        ?? throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such solver.");
}
