using Retrodict.Cli.Hosting;
using Retrodict.Cli.Requests;
using Retrodict.Comparison;
using Retrodict.Learning;

namespace Retrodict.Cli.Deceptron;

/// <summary>From what was asked for to a trained model.</summary>
internal static class ModelTraining
{
    /// <exception cref="UsageException">The options do not suit the problem or each other.</exception>
    /// <exception cref="InputException">Nothing could be learned, or a checkpoint belongs to another training.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the checkpoint stays.</exception>
    public static TrainedModel Train(TrainRequest request, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            return request.Mode == TrainMode.Physics
                ? Physics(request, progress, cancellation)
                : PairTraining.Train(request, progress, cancellation);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"training {request.Source}: {e.Message.Split(" (Parameter")[0]}");
        }
        catch (TrainingException e)
        {
            throw new InputException(e.Message, e);
        }
    }

    private static TrainedModel Physics(TrainRequest request, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        if (request.Source.Problem is not { } problem)
        {
            throw new UsageException(
                $"--mode physics needs a forward model, which {request.Source} has not; leave it out to learn from the data alone");
        }

        PhysicsTraining recipe = TrainingRecipe.Physics(problem, request.Settings.Seed);
        PhysicsTraining training = recipe with
        {
            Architecture = request.Architecture is { } name ? ArchitectureNames.Create(name) : recipe.Architecture,
            Penalty = request.Penalty ?? recipe.Penalty,
            Estimate = recipe.Estimate with { Steps = request.Steps ?? recipe.Estimate.Steps },
            Gain = recipe.Gain with { Steps = request.Steps ?? recipe.Gain.Steps },
            Checkpoint = request.Checkpoint,
            Resume = request.Resume,
        };
        DeceptronModel model = DeceptronTrainer.Train(TrainingRecipe.ToLearningProblem(problem), training, progress, cancellation);
        return new TrainedModel(model, null, training.DeleteCheckpoint);
    }
}
