using Retrodict.Catalogue;
using Retrodict.Cli.Hosting;
using Retrodict.Learning;

namespace Retrodict.Cli.Learned;

/// <summary>Learning a forward model together with its inverse, from pairs.</summary>
internal static class SurrogateRecipe
{
    public static TrainedModel Train(TrainRequest request, IProgress<DeceptronProgress>? progress, CancellationToken cancellation)
    {
        if (request.Resume)
        {
            throw new UsageException("--resume goes with --mode physics; surrogate training keeps no checkpoint");
        }

        SurrogateTraining training = Training(request);
        if (request.Source.File is { } file)
        {
            (PairedData data, PairedData heldOut) = PairFile.Load(file);
            DeceptronModel model = SurrogateTrainer.Train(data, heldOut, training, progress, cancellation);
            return new TrainedModel(model with { Problem = $"{TrainSource.DataPrefix}{Path.GetFileNameWithoutExtension(file)}" }, heldOut);
        }

        BenchmarkProblem problem = request.Source.Problem!;
        return new TrainedModel(SurrogateTrainer.Train(Pairs(Split.Train), Pairs(Split.Validation), training, progress, cancellation), null);

        PairedData Pairs(Split split)
        {
            DataSet data = problem.Generate(split, null, request.Settings.Seed, request.Settings.Threads, cancellation);
            return new PairedData(problem.Name, ModelShapes.Of(problem.ToInverseProblem()), data.X, data.Y);
        }
    }

    private static SurrogateTraining Training(TrainRequest request)
    {
        Architecture architecture = request.Architecture is { } name
            ? ArchitectureNames.Create(name) ?? throw new UsageException($"--architecture {name} goes with --mode physics, as it has no forward map; {Others()} have one")
            : new MlpArchitecture();
        int[]? epochs = request.Steps is { } steps ? [steps, steps, steps] : null;

        // Ties of weights are for networks of one matrix each way.
        SurrogateTraining training = new SurrogateTraining { Architecture = architecture, Seed = request.Settings.Seed } with
        {
            Stages = architecture is ResidualConvolutionArchitecture
                ? SurrogateTraining.ThreeStages(epochs, biasTie: 0, composition: 0)
                : SurrogateTraining.ThreeStages(epochs),
        };
        return request.Penalty switch
        {
            null or JacobianPenalty.Plain => training,
            JacobianPenalty.None => training.Without(SurrogateAblation.JacobianComposition),
            _ => throw new UsageException("--penalty bayesian goes with --mode physics; with --mode surrogate it must be plain or none"),
        };
    }

    private static string Others() => string.Join(", ", ArchitectureNames.All.Where(name => name != ArchitectureNames.Principal));
}
