using System.Globalization;
using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>Trains the heads of one Deceptron, one after the other.</summary>
internal sealed class HeadRun(
    LearningProblem problem,
    PhysicsTraining training,
    Architecture architecture,
    IProgress<TrainingProgress>? progress,
    CancellationToken cancellation)
{
    /// <summary>The names of the heads, in the order of their training.</summary>
    public static readonly IReadOnlyList<string> Heads = [EstimateName, GainName];

    private const string EstimateName = "estimate";
    private const string GainName = "gain";

    private readonly Network _network = architecture.ReverseMap(problem.Shapes);

    private int Stages => training.Penalty == JacobianPenalty.Bayesian ? 2 : 1;

    public float[] Estimate(RandomStream random)
    {
        var validation = new EstimateValidation(problem, _network, random.Child("validation"), training.ValidationSamples);
        return Train(
            EstimateName,
            1,
            training.Estimate,
            random,
            (trainable, frozen) => PhysicsObjectives.Estimate(problem, _network, trainable, frozen, training),
            validation.Error,
            true);
    }

    public float[] Gain(RandomStream random, PriorDirections prior) =>
        Train(
            GainName,
            2,
            training.Gain,
            random,
            (trainable, frozen) => PhysicsObjectives.Gain(problem, _network, trainable, frozen, prior, training.Gain.BatchSize),
            null,
            false);

    private float[] Train(
        string stage,
        int number,
        HeadTraining head,
        RandomStream random,
        Func<ParameterLayout, FrozenParameters?, TrainingObjective> objective,
        Func<ReadOnlySpan<float>, double>? validation,
        bool rademacher)
    {
        float[] all = _network.Initialize(random.Child("weights"));
        string prefix = $"{_network.Name}.";
        ParameterLayout trainable = Part(true), kept = Part(false);
        float[] start = Gather(trainable);
        float[] fixedValues = Gather(kept);
        var trainer = new Trainer(objective(trainable, kept.Length == 0 ? null : new FrozenParameters(kept, fixedValues)));
        var options = new TrainingOptions
        {
            Steps = head.Steps,
            Optimizer = new Adam { LearningRate = head.LearningRate },
            Schedule = LearningRateSchedule.Cosine(),
            GradientClip = 5,
            ValidateEvery = head.ValidateEvery,
            Validation = validation is null ? null : parameters => validation(Join(parameters)),
            Checkpoint = training.CheckpointOf(stage),
            Resume = training.Resume,
            Identity = CheckpointFile.Identity(problem.Name, training.Seed, architecture),
        };
        var batches = new FreshBatches(problem, head.BatchSize, random.Child("batches"), rademacher);
        TrainingResult result = trainer.Train(start, batches, options, StageProgress.Of(progress, stage, number, Stages), cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (result.Status == TrainingStatus.NonFinite)
        {
            throw new TrainingException(string.Create(
                CultureInfo.InvariantCulture,
                $"The loss of '{stage}' became infinite or NaN at step {result.Steps}; "
                + $"a smaller learning rate than {head.LearningRate} may help."));
        }

        return Join(result.Parameters);

        ParameterLayout Part(bool trained) =>
            new(_network.Parameters.Parameters.Where(parameter => architecture.Trains(parameter.Name[prefix.Length..]) == trained));

        float[] Gather(ParameterLayout layout)
        {
            float[] values = new float[layout.Length];
            foreach (Parameter parameter in layout.Parameters)
            {
                _network.Parameters.Window(parameter.Name, (ReadOnlySpan<float>)all).CopyTo(layout.Window(parameter.Name, values.AsSpan()));
            }

            return values;
        }

        float[] Join(ReadOnlySpan<float> parameters)
        {
            float[] joined = [.. all];
            foreach (Parameter parameter in trainable.Parameters)
            {
                trainable.Window(parameter.Name, parameters).CopyTo(_network.Parameters.Window(parameter.Name, joined.AsSpan()));
            }

            return joined;
        }
    }
}
