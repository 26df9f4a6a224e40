using Retrodict.Catalogue;
using Retrodict.Learning;

namespace Retrodict.Comparison;

/// <summary>The published ablations: what surrogate training is without one of its parts.</summary>
/// <remarks>Sources: A. L. Kachhadiya, arXiv 2511.21076 (heat-1d-explicit) and arXiv 2605.13068 (heat-1d).</remarks>
public static class SurrogateAblations
{
    /// <summary>Test items of a seed in the publication of heat-1d-explicit.</summary>
    public const int PublishedItems = 20;

    /// <summary>What is left out in turn on heat-1d-explicit, nothing first.</summary>
    public static IReadOnlyList<SurrogateAblation> All { get; } =
        [SurrogateAblation.None, SurrogateAblation.JacobianComposition, SurrogateAblation.UntiedWeights, SurrogateAblation.Reconstruction, SurrogateAblation.Cycle];

    /// <summary>Trains a problem's surrogate with something left out, and solves test instances with it.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="ablation">What is left out.</param>
    /// <param name="seed">The seed of data and training.</param>
    /// <param name="instances">How many test instances are solved; null for all.</param>
    /// <param name="progress">Hears of every epoch; null for nobody.</param>
    /// <param name="cancellation">Ends the training.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static SurrogateArm Run(
        BenchmarkProblem problem,
        SurrogateAblation ablation,
        ulong seed = BenchmarkProblem.DefaultSeed,
        int? instances = null,
        IProgress<DeceptronProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        DeceptronModel model = TrainingRecipe.TrainSurrogate(problem, TrainingRecipe.Surrogate(problem, seed).Without(ablation), progress, cancellation);
        return SurrogateArm.Of(problem, model, instances, seed);
    }
}
