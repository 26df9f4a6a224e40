using Retrodict.Catalogue;
using Retrodict.Learning;

namespace Retrodict.Comparison;

/// <summary>How the local inverse of one problem of the catalogue is learned: a file a problem, listed in
/// <see cref="RecipeRegistry"/>.</summary>
public abstract class ProblemRecipe
{
    private protected ProblemRecipe()
    {
    }

    /// <summary>The problem.</summary>
    public abstract BenchmarkProblem Problem { get; }

    /// <summary>The settings for training on the true forward model.</summary>
    public virtual PhysicsTraining Physics => new();

    /// <summary>The settings for training from pairs alone: those published for the problem, or the ones of heat-1d where there are
    /// none.</summary>
    public virtual SurrogateTraining Surrogate => new();

    /// <summary>Whether observations of training and validation pairs have noise; as published they mostly have none.</summary>
    public virtual bool HasNoisyPairs => false;
}
