using System.Globalization;
using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>
/// Learns a forward map and its local inverse from data. The same data, options and seed give the same model, bit for bit, whatever the
/// number of threads.
/// </summary>
public static class SurrogateTrainer
{
    /// <summary>Trains a Deceptron with a forward map of its own.</summary>
    /// <param name="data">The pairs to learn from; their moments standardize observations.</param>
    /// <param name="validation">
    /// Pairs that training never sees: every stage keeps the parameters with the lowest sum of its own losses on them, after the epoch at
    /// which they had it.
    /// </param>
    /// <param name="training">How; null for the default.</param>
    /// <param name="progress">Hears of every epoch; null for nobody.</param>
    /// <param name="cancellation">Ends the training; nothing is returned then.</param>
    /// <exception cref="ArgumentException">The options do not suit the data, or the two data sets have different shapes.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="TrainingException">A loss became infinite or NaN.</exception>
    public static DeceptronModel Train(
        PairedData data,
        PairedData validation,
        SurrogateTraining? training = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(validation);
        training ??= new SurrogateTraining();
        training.Require(data.Count);
        if (data.Shapes != validation.Shapes)
        {
            throw new ArgumentException(
                $"Validation data have the shapes {validation.Shapes}, training data {data.Shapes}.", nameof(validation));
        }

        var random = new RandomStream(training.Seed, $"{data.Name}/surrogate");
        var maps = new SurrogateMaps(training.Architecture, data.Shapes, training.Tied);
        var run = new SurrogateRun(maps, data, validation, training, random, progress, cancellation);
        float[] parameters = SurrogateStart.Of(maps, data, training, random.Child("weights"));
        for (int stage = 0; stage < training.Stages.Count; stage++)
        {
            run.Train(stage, parameters);
        }

        var model = new DeceptronModel
        {
            Problem = data.Name,
            Shapes = data.Shapes,
            Architecture = training.Architecture,
            ReverseParameters = maps.Of(maps.Reverse, parameters),
            ForwardParameters = maps.Of(maps.Forward, parameters),
            ObservationMean = [.. data.ObservationMean],
            ObservationDeviation = [.. data.ObservationDeviation],
            Training = new Dictionary<string, string>
            {
                ["mode"] = "surrogate",
                ["options"] = training.Describe(),
                ["seed"] = training.Seed.ToString(CultureInfo.InvariantCulture),
            },
        };
        return Calibrations.Apply(model, validation);
    }
}
