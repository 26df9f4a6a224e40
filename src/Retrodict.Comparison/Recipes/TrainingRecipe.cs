using Retrodict.Catalogue;
using Retrodict.Learning;

namespace Retrodict.Comparison;

/// <summary>How the local inverse of a benchmark problem is learned, so that nobody has to look for settings.</summary>
public static class TrainingRecipe
{
    /// <summary>A benchmark problem as something to learn: fresh unknowns from its sampler, and the shipped moments of its
    /// observations.</summary>
    /// <param name="problem">The problem.</param>
    public static LearningProblem ToLearningProblem(BenchmarkProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new LearningProblem(problem.Name, problem.ToInverseProblem(), problem.DrawUnknown)
        {
            ObservationMean = problem.Statistics.ObservationMean.ToArray(),
            ObservationDeviation = problem.Statistics.ObservationDeviation.ToArray(),
        };
    }

    /// <summary>The settings for physics training of a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">The seed.</param>
    public static PhysicsTraining Physics(BenchmarkProblem problem, ulong seed = BenchmarkProblem.DefaultSeed) =>
        RecipeRegistry.Of(problem).Physics with { Seed = seed };

    /// <summary>The settings for surrogate training of a problem: those published for it, or the ones of heat-1d where there are
    /// none.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">The seed.</param>
    public static SurrogateTraining Surrogate(BenchmarkProblem problem, ulong seed = BenchmarkProblem.DefaultSeed) =>
        RecipeRegistry.Of(problem).Surrogate with { Seed = seed };

    /// <summary>A split of a problem's data as pairs. Observations of training and validation are free of noise as published, but for
    /// <see cref="ProblemRecipe.HasNoisyPairs"/>; test observations have theirs.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="split">The split.</param>
    /// <param name="seed">The seed of the data.</param>
    public static PairedData Pairs(BenchmarkProblem problem, Split split, ulong seed = BenchmarkProblem.DefaultSeed)
    {
        bool noisy = split == Split.Test || RecipeRegistry.Of(problem).HasNoisyPairs;
        DataSet data = problem.Generate(split, seed: seed);
        var shapes = new ModelShapes(problem.UnknownShape, problem.ObservationShape);
        return new PairedData(problem.Name, shapes, data.X, noisy ? data.Y : data.YClean);
    }

    /// <summary>Trains a surrogate by a problem's recipe and ties it to the problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="training">The settings; null for <see cref="Surrogate"/>.</param>
    /// <param name="progress">Hears of every epoch; null for nobody.</param>
    /// <param name="cancellation">Ends the training.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="TrainingException">A loss became infinite or NaN.</exception>
    public static DeceptronModel TrainSurrogate(
        BenchmarkProblem problem,
        SurrogateTraining? training = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        training ??= Surrogate(problem);
        PairedData validation = Pairs(problem, Split.Validation, training.Seed);
        DeceptronModel model = SurrogateTrainer.Train(
            Pairs(problem, Split.Train, training.Seed), validation, training, progress, cancellation);
        return model.TiedTo(problem.ToInverseProblem(), validation.Unknowns[..(3 * problem.Unknowns)]);
    }
}
