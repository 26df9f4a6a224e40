using Retrodict.Cli.Hosting;
using Retrodict.Cli.Readers;
using Retrodict.Cli.Requests;
using Retrodict.Comparison;
using Retrodict.Learning;

namespace Retrodict.Cli.Deceptron;

/// <summary>Learning a forward model together with its inverse, from pairs.</summary>
internal static class PairTraining
{
    public static TrainedModel Train(TrainRequest request, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        SurrogateTraining training = Training(request) with { Checkpoint = request.Checkpoint, Resume = request.Resume };
        if (request.Source.File is { } file)
        {
            (PairedData data, PairedData heldOut) = PairReader.Load(file);
            DeceptronModel model = SurrogateTrainer.Train(data, heldOut, training, progress, cancellation);
            string name = $"{TrainSource.DataPrefix}{Path.GetFileNameWithoutExtension(file)}";
            return new TrainedModel(model with { Problem = name }, heldOut, training.DeleteCheckpoint);
        }

        DeceptronModel trained = TrainingRecipe.TrainSurrogate(request.Source.Problem!, training, progress, cancellation);
        return new TrainedModel(trained, null, training.DeleteCheckpoint);
    }

    private static SurrogateTraining Training(TrainRequest request)
    {
        ulong seed = request.Settings.Seed;
        SurrogateTraining recipe = request.Source.Problem is { } problem
            ? TrainingRecipe.Surrogate(problem, seed)
            : new SurrogateTraining { Seed = seed };
        if (request.Architecture is { } name && name != recipe.Architecture.Name)
        {
            Architecture architecture = ArchitectureNames.Create(name)
                ?? throw new UsageException(
                    $"--architecture {name} goes with --mode physics, as it has no forward map; {Others()} have one");

            // Ties of weights are for networks of one matrix each way.
            IReadOnlyList<SurrogateStage> stages = architecture is ResidualConvolutionArchitecture
                ? SurrogateTraining.ThreeStages(biasTie: 0, composition: 0)
                : SurrogateTraining.ThreeStages();
            recipe = new SurrogateTraining { Architecture = architecture, Stages = stages, Seed = seed };
        }

        if (request.Steps is { } epochs)
        {
            recipe = recipe with { Stages = [.. recipe.Stages.Select(stage => stage with { Epochs = epochs })] };
        }

        return request.Penalty switch
        {
            null or JacobianPenalty.Plain => recipe,
            JacobianPenalty.None => recipe.Without(SurrogateAblation.JacobianComposition),
            _ => throw new UsageException("--penalty bayesian goes with --mode physics; with --mode surrogate it must be plain or none"),
        };
    }

    private static string Others() => string.Join(", ", ArchitectureNames.All.Where(name => name != ArchitectureNames.Principal));
}
