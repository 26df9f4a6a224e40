namespace Retrodict.Architecture.Tests;

/// <summary>
/// The order of the house: projects are floors and folders are rooms, and both use only what stands before them in these lists. The top of a project is the
/// empty name.
/// </summary>
internal static class Rooms
{
    /// <summary>The projects, lowest first.</summary>
    public static IReadOnlyList<string> Projects { get; } =
        ["Retrodict.Autodiff", "Retrodict", "Retrodict.Learning", "Retrodict.Catalogue", "Retrodict.Comparison", "Retrodict.Cli"];

    /// <summary>The rooms of each project, lowest first.</summary>
    public static IReadOnlyDictionary<string, string[]> Order { get; } = new Dictionary<string, string[]>
    {
        ["Retrodict"] =
        [
            "Text", "Numerics", "Randomness", "Data", "Data/Tables", "Expressions", "Results",
            "Problems/Losses", "Problems/Priors", "Problems", "Checks",
            "Solvers/Objective", "Solvers/Loop", "Solvers/LinearSystems", "Solvers/QuasiNewton", "Solvers/Directions", "Solvers/Globalizers",
            "Solvers/Methods", "Solvers/Published", "Deceptron", "Analysis", "Regressions",
        ],
    };

    /// <summary>Rooms that need each other, and why.</summary>
    public static IReadOnlyDictionary<string, string[]> Knots { get; } = new Dictionary<string, string[]>();
}
