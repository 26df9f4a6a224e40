using Retrodict.Catalogue;

namespace Retrodict.Comparison;

/// <summary>The recipes, one a problem of the catalogue.</summary>
public static class RecipeRegistry
{
    /// <summary>All recipes, in the order of the catalogue.</summary>
    public static IReadOnlyList<ProblemRecipe> All { get; } =
        Array.AsReadOnly<ProblemRecipe>([new Heat1DRecipe(), new Heat1DExplicitRecipe(), new Heat3DRecipe(), new OscillatorRecipe()]);

    /// <summary>The recipe of a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <exception cref="KeyNotFoundException">There is none; the message names the file to write.</exception>
    public static ProblemRecipe Of(BenchmarkProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return All.FirstOrDefault(recipe => recipe.Problem == problem) ?? throw new KeyNotFoundException(Missing(problem));
    }

    private static string Missing(BenchmarkProblem problem)
    {
        string type = $"{problem.GetType().Name}Recipe";
        return $"The problem '{problem.Name}' has no recipe: write src/Retrodict.Comparison/Recipes/{type}.cs, a ProblemRecipe, and list "
            + "it in RecipeRegistry.All.";
    }
}
