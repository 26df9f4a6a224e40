using Retrodict.Catalogue;
using Retrodict.Learning;

namespace Retrodict.Comparison;

/// <summary>The published ablations: what surrogate training is without one of its parts.</summary>
/// <remarks>Sources: A. L. Kachhadiya, arXiv 2511.21076 (heat-1d-explicit) and arXiv 2605.13068 (heat-1d).</remarks>
public static class SurrogateAblations
{
    /// <summary>Test items of a seed in the publication of heat-1d-explicit.</summary>
    public const int PublishedItems = 20;

    /// <summary>heat-1d-explicit: the affine module whole, without one part after the other, and from random weights instead of a fit,
    /// whole and without both compositions.</summary>
    /// <param name="seeds">The seeds of data and training; those of the publication are two.</param>
    /// <param name="instances">How many test instances are solved for each seed; null for all.</param>
    /// <param name="progress">Hears of every epoch; null for nobody.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IReadOnlyList<AblationRow> Affine(
        IReadOnlyList<ulong> seeds,
        int? instances = PublishedItems,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        return
        [
            .. Enum.GetValues<SurrogateAblation>().Select(ablation => Explicit(NameOf(ablation), training => training.Without(ablation))),
            Explicit("whole, random start", training => training with { RidgeStart = false }),
            Explicit(
                "no JCP, no composition, random start",
                training => training.Without(SurrogateAblation.Compositions) with { RidgeStart = false }),
        ];

        AblationRow Explicit(string name, Func<SurrogateTraining, SurrogateTraining> change) =>
            Row(ProblemCatalogue.Heat1DExplicit, name, change, seeds, instances, progress, cancellation);
    }

    /// <summary>heat-1d: the dense pair with and without the Jacobian Composition Penalty.</summary>
    /// <param name="seeds">The seeds of data and training.</param>
    /// <param name="instances">How many test instances are solved for each seed; null for all.</param>
    /// <param name="progress">Hears of every epoch; null for nobody.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IReadOnlyList<AblationRow> Dense(
        IReadOnlyList<ulong> seeds,
        int? instances = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default) =>
    [
        .. new[] { SurrogateAblation.None, SurrogateAblation.JacobianComposition }.Select(ablation => Row(
            ProblemCatalogue.Heat1D, NameOf(ablation), training => training.Without(ablation), seeds, instances, progress, cancellation)),
    ];

    private static AblationRow Row(
        BenchmarkProblem problem,
        string name,
        Func<SurrogateTraining, SurrogateTraining> change,
        IReadOnlyList<ulong> seeds,
        int? instances,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        return new AblationRow(name, [.. seeds.Select(Arm)]);

        SurrogateArm Arm(ulong seed)
        {
            SurrogateTraining training = change(TrainingRecipe.Surrogate(problem, seed));
            return SurrogateArm.Of(problem, TrainingRecipe.TrainSurrogate(problem, training, progress, cancellation), instances, seed);
        }
    }

    private static string NameOf(SurrogateAblation ablation) => ablation switch
    {
        SurrogateAblation.None => "whole",
        SurrogateAblation.JacobianComposition => "no JCP",
        SurrogateAblation.Compositions => "no JCP, no composition",
        SurrogateAblation.UntiedWeights => "tied weights",
        SurrogateAblation.Reconstruction => "no reconstruction",
        _ => "no cycle",
    };
}
