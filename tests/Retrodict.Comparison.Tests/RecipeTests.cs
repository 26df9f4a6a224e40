using Retrodict.Catalogue;
using Retrodict.Learning;

namespace Retrodict.Comparison.Tests;

public class RecipeTests
{
    /// <summary>The message of a problem without a recipe names it and the file to write.</summary>
    [Fact]
    public void Every_problem_of_the_catalogue_has_a_recipe() =>
        Assert.All(ProblemCatalogue.All, problem => Assert.Same(problem, RecipeRegistry.Of(problem).Problem));

    [Fact]
    public void Every_recipe_is_listed_once_in_a_file_of_its_name()
    {
        Type[] written = [.. typeof(ProblemRecipe).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ProblemRecipe)))];
        Assert.Equal(
            written.Select(type => type.Name).Order(StringComparer.Ordinal),
            RecipeRegistry.All.Select(recipe => recipe.GetType().Name).Order(StringComparer.Ordinal));
        Assert.All(RecipeRegistry.All, recipe => Assert.Equal($"{recipe.Problem.GetType().Name}Recipe", recipe.GetType().Name));
    }

    [Fact]
    public void Every_recipe_suits_the_shapes_of_its_problem()
    {
        foreach (BenchmarkProblem problem in ProblemCatalogue.All)
        {
            SurrogateTraining training = TrainingRecipe.Surrogate(problem, 3);
            var shapes = new ModelShapes(problem.UnknownShape, problem.ObservationShape);
            Assert.Equal((3UL, 3UL), (training.Seed, TrainingRecipe.Physics(problem, 3).Seed));
            Assert.Equal(problem.Observations, training.Architecture.ForwardMap(shapes).Output.ElementCount);
            Assert.Equal(problem.Unknowns, training.Architecture.ReverseMap(shapes).Output.ElementCount);
        }
    }
}
