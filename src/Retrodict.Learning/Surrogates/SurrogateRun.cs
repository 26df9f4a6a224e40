using System.Globalization;
using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>Trains the stages of one surrogate, one after the other.</summary>
internal sealed class SurrogateRun
{
    private readonly SurrogateMaps _maps;
    private readonly string _problem;
    private readonly SurrogateTraining _training;
    private readonly RandomStream _random;
    private readonly IProgress<TrainingProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly (float[] X, float[] Y) _data;
    private readonly (float[] X, float[] Y) _validation;
    private readonly (int Data, int Validation) _counts;

    public SurrogateRun(
        SurrogateMaps maps,
        PairedData data,
        PairedData validation,
        SurrogateTraining training,
        RandomStream random,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        (_maps, _training, _random, _progress, _cancellation) = (maps, training, random, progress, cancellation);
        _problem = data.Name;
        _data = Columns(data);
        _validation = Columns(validation);
        _counts = (data.Count, validation.Count);

        (float[], float[]) Columns(PairedData pairs)
        {
            double[] y = pairs.Standardized(data.ObservationMean, data.ObservationDeviation);
            return (Array.ConvertAll(pairs.Unknowns.ToArray(), value => (float)value), Array.ConvertAll(y, value => (float)value));
        }
    }

    /// <summary>Trains one stage.</summary>
    /// <param name="number">Which, from 0.</param>
    /// <param name="parameters">All parameters; replaced by the best.</param>
    public void Train(int number, float[] parameters)
    {
        SurrogateStage stage = _training.Stages[number];
        (ParameterLayout trainable, ParameterLayout kept) = (_maps.Part(stage.Maps, true), _maps.Part(stage.Maps, false));
        FrozenParameters? frozen = kept.Length == 0 ? null : new FrozenParameters(kept, _maps.Gather(kept, parameters));
        bool ramped = stage.Ramp is not null && stage.Losses.JacobianComposition != 0;
        TrainingObjective objective = Objective(stage.Losses, ramped);
        RandomStream random = _random.Child(stage.Name);
        var sampler = new EpochSampler(_counts.Data, _training.BatchSize, random.Child("order"));

        // Whether the penalty has begun: 1 where it has.
        double[] open = [stage.Ramp?.Threshold is null ? 1 : 0];
        Func<ReadOnlySpan<float>, double> selection = Validation(objective);
        Func<ReadOnlySpan<float>, double>? gate = ramped && open[0] == 0 ? Validation(Objective(SurrogateLosses.TaskOnly, false)) : null;
        var options = new TrainingOptions
        {
            Steps = sampler.StepsFor(stage.Epochs),
            Optimizer = new Adam { LearningRate = stage.LearningRate, WeightDecay = _training.WeightDecay },
            Schedule = _training.Cosine ? LearningRateSchedule.Cosine() : LearningRateSchedule.Constant,
            GradientClip = _training.GradientClip,
            ValidateEvery = sampler.StepsFor(1),
            Validation = values =>
            {
                open[0] = open[0] != 0 || gate?.Invoke(values) < stage.Ramp!.Threshold ? 1 : 0;
                return selection(values);
            },
            Carried = open,
            Checkpoint = _training.CheckpointOf(number),
            Resume = _training.Resume,
            Identity = CheckpointFile.Identity(_problem, _training.Seed, _training.Architecture),

            // The penalty begins when validation says so, so a batch must not be filled before the validation in front of it.
            Prefetch = gate is null,
        };
        var batches = new SurrogateBatches(sampler, _data.X, _data.Y, _training, random, Factor);
        var listener = StageProgress.Of(_progress, stage.Name, number + 1, _training.Stages.Count);
        TrainingResult result = new Trainer(objective).Train(
            _maps.Gather(trainable, parameters), batches, options, listener, _cancellation);
        _cancellation.ThrowIfCancellationRequested();
        if (result.Status == TrainingStatus.NonFinite)
        {
            throw new TrainingException(string.Create(
                CultureInfo.InvariantCulture,
                $"The loss of stage '{stage.Name}' became infinite or NaN at step {result.Steps}; "
                + $"a smaller learning rate than {stage.LearningRate} or smaller weights may help."));
        }

        _maps.Scatter(trainable, result.Parameters, parameters);

        TrainingObjective Objective(SurrogateLosses losses, bool variable) =>
            SurrogateObjective.Create(_maps, _training, losses, variable, trainable, frozen);

        double Factor(long step)
        {
            long epoch = step * _training.BatchSize / _counts.Data;
            return stage.Ramp is null ? 1 : open[0] != 0 ? stage.Ramp.Factor((double)epoch / stage.Epochs) : 0;
        }
    }

    /// <summary>
    /// The mean of an objective over the validation data, always with the same noise and probes, and the penalty in full.
    /// </summary>
    private Func<ReadOnlySpan<float>, double> Validation(TrainingObjective objective)
    {
        RandomStream random = _random.Child("validation");
        var sampler = new EpochSampler(_counts.Validation, _training.BatchSize, random.Child("order"));
        var batches = new SurrogateBatches(sampler, _validation.X, _validation.Y, _training, random, _ => 1);
        return objective.MeanLoss(batches, (int)sampler.StepsFor(1));
    }
}
