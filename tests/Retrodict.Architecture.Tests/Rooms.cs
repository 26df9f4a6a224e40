namespace Retrodict.Architecture.Tests;

/// <summary>
/// The order of the house: projects are floors and folders are rooms, and both use only what stands before them in these lists. The top of
/// a project is the empty name.
/// </summary>
internal static class Rooms
{
    /// <summary>The projects, lowest first.</summary>
    public static IReadOnlyList<string> Projects { get; } =
        ["Retrodict.Autodiff", "Retrodict", "Retrodict.Learning", "Retrodict.Catalogue", "Retrodict.Comparison", "Retrodict.Cli"];

    /// <summary>The rooms of each project, lowest first.</summary>
    public static IReadOnlyDictionary<string, string[]> Order { get; } = new Dictionary<string, string[]>
    {
        ["Retrodict.Autodiff"] =
        [
            "Kernels/Vectors", "Kernels/Elementwise", "Kernels/Reductions", "Kernels/Matrices", "Kernels/StrongZeros",
            "Kernels/Windows", "Kernels/Factorizations", "Kernels/Fourier", "LinearAlgebra", "Shapes", "Execution", "Execution/Tiles", "",
            "Primitives", "Primitives/Reductions", "Primitives/Structure", "Primitives/Elementwise", "Primitives/Piecewise",
            "Primitives/Contractions", "Primitives/Fourier", "Primitives/LinearSolves", "Primitives/StructuredSolves",
            "Primitives/Spectral", "Primitives/External", "Tracing", "Transforms", "Compilation", "Primitives/Bodies",
        ],
        ["Retrodict"] =
        [
            "Text", "Numerics", "Randomness", "Data", "Data/Tables", "Expressions", "Results",
            "Problems/Losses", "Problems/Priors", "Problems", "BlackBoxes", "Checks",
            "Solvers/Objective", "Solvers/Stopping", "Solvers/Parts", "Solvers/LinearSystems", "Solvers/QuasiNewton",
            "Solvers/Directions", "Solvers/Globalizers", "Solvers/Loop", "Solvers/Methods", "Solvers/Published",
            "Deceptron", "Analysis", "Regressions",
        ],
        ["Retrodict.Learning"] =
        [
            "Safetensors", "Networks", "Optimizers", "Problems", "Architectures", "Training", "Deceptron", "Physics", "Surrogates",
        ],
        ["Retrodict.Catalogue"] = ["Covariances", "Definition", "Problems", ""],
        ["Retrodict.Comparison"] = ["Methods", "Recipes", "Cases", "Judging", "Running", "Statistics", "Ablations"],
        ["Retrodict.Cli"] =
        [
            "Hosting", "Requests", "Readers", "Methods", "Fitting", "Deceptron", "Options", "Rendering", "Verbs", "",
        ],
    };

    /// <summary>
    /// The rooms that may use rooms above them. In Autodiff it is the top: users call operations, transforms and the compiler on
    /// <c>Value</c> and <c>Function</c>, of which these are made.
    /// </summary>
    public static IReadOnlySet<(string Project, string Room)> LookUp { get; } =
        new HashSet<(string Project, string Room)> { ("Retrodict.Autodiff", "") };
}
