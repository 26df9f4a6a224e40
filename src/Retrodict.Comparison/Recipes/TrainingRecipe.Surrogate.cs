using Retrodict.Autodiff;
using Retrodict.Catalogue;
using Retrodict.Learning;

namespace Retrodict.Comparison;

/// <content>Training without the forward model.</content>
public static partial class TrainingRecipe
{
    /// <summary>The settings for surrogate training of a problem: those published for it, or the ones of heat-1d where there are none.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">The seed.</param>
    /// <remarks>Sources: A. L. Kachhadiya, arXiv 2605.13068 (heat-1d, heat-3d) and arXiv 2511.21076 (heat-1d-explicit).</remarks>
    public static SurrogateTraining Surrogate(BenchmarkProblem problem, ulong seed = BenchmarkProblem.DefaultSeed)
    {
        ArgumentNullException.ThrowIfNull(problem);
        SurrogateTraining training = problem.Name switch
        {
            "heat-3d" => new SurrogateTraining
            {
                Architecture = new ResidualConvolutionArchitecture(3, Channels: 12, Blocks: 2),
                Stages = SurrogateTraining.ThreeStages(cycle: 0.15, penalty: 0.35, biasTie: 0, composition: 0),
                BatchSize = 32,
                Probes = 1,
                PenaltySamples = 6,
                CycleNoise = 0.005,
                Cosine = true,
            },
            "heat-1d-explicit" => new SurrogateTraining
            {
                Architecture = new AffineArchitecture(),
                Stages = [new SurrogateStage("joint", TrainedMaps.Both, 60, 5e-4, new SurrogateLosses()) { Ramp = new PenaltyRamp() }],
                GaussianProbes = true,
                SumOverComponents = true,
                PenaltySamples = null,
                WeightDecay = 0,
                GradientClip = 0.5,
            },
            _ => new SurrogateTraining(),
        };
        return training with { Seed = seed };
    }

    /// <summary>A split of a problem's data as pairs. Observations of training and validation are free of noise as published, but for heat-1d-explicit, which has noise everywhere; test observations have theirs.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="split">The split.</param>
    /// <param name="seed">The seed of the data.</param>
    public static PairedData Pairs(BenchmarkProblem problem, Split split, ulong seed = BenchmarkProblem.DefaultSeed)
    {
        ArgumentNullException.ThrowIfNull(problem);
        DataSet data = problem.Generate(split, seed: seed);
        return new PairedData(problem.Name, new ModelShapes(problem.UnknownShape, problem.ObservationShape), data.X, split == Split.Test || problem.Name == "heat-1d-explicit" ? data.Y : data.YClean);
    }

    /// <summary>Trains a surrogate by a problem's recipe and ties it to the problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="training">The settings; null for <see cref="Surrogate"/>.</param>
    /// <param name="progress">Hears of every epoch; null for nobody.</param>
    /// <param name="cancellation">Ends the training.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="TrainingException">A loss became infinite or NaN.</exception>
    public static DeceptronModel TrainSurrogate(
        BenchmarkProblem problem, SurrogateTraining? training = null, IProgress<DeceptronProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        training ??= Surrogate(problem);
        PairedData validation = Pairs(problem, Split.Validation, training.Seed);
        DeceptronModel model = SurrogateTrainer.Train(Pairs(problem, Split.Train, training.Seed), validation, training, progress, cancellation);
        return model with { Fingerprint = ProblemFingerprint.Of(problem.ToInverseProblem(), validation.Unknowns[..(3 * problem.Unknowns)].ToArray()) };
    }

    /// <summary>The problem whose forward model is the learned one, with all else as in the true one: what solvers see in the surrogate arm.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="model">A model with a forward map.</param>
    /// <exception cref="InvalidOperationException">The model has none.</exception>
    public static InverseProblem SurrogateProblem(BenchmarkProblem problem, DeceptronModel model)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(model);
        return new InverseProblem(model.ForwardFunction)
        {
            Bounds = problem.Bounds,
            Noise = problem.Noise,
            ObservationScale = Scale.PerComponent([.. model.ObservationDeviation]),
            Prior = problem.Prior,
        };
    }
}
