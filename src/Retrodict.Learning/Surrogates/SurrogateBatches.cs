using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>Batches of pairs in an order of (seed, epoch), with noise and probes of (seed, step).</summary>
internal sealed class SurrogateBatches : IBatchSource
{
    private readonly SampleBatches _samples;
    private readonly SurrogateTraining _training;
    private readonly RandomStream _noise;
    private readonly RandomStream _probes;
    private readonly Func<long, double> _penaltyFactor;

    /// <param name="sampler">Which samples a step takes.</param>
    /// <param name="unknowns">x, [count, n].</param>
    /// <param name="observations">Standardized y, [count, m].</param>
    /// <param name="training">The noise's size and the kind of probes.</param>
    /// <param name="random">The stream of noise and probes.</param>
    /// <param name="penaltyFactor">What the penalty's weight is multiplied by in a step.</param>
    public SurrogateBatches(
        EpochSampler sampler,
        float[] unknowns,
        float[] observations,
        SurrogateTraining training,
        RandomStream random,
        Func<long, double> penaltyFactor)
    {
        _samples = new SampleBatches(sampler, (SurrogateObjective.Unknown, unknowns), (SurrogateObjective.Observation, observations));
        (_training, _penaltyFactor) = (training, penaltyFactor);
        (_noise, _probes) = (random.Child("noise"), random.Child("probes"));
    }

    public void Fill(long step, TrainingBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _samples.FillKnown(step, batch);
        foreach (Variable input in batch.Inputs)
        {
            Span<float> into = batch[input.Name];
            switch (input.Name)
            {
                case SurrogateObjective.CycleNoise:
                    _noise.At(step).FillNormal(into);
                    foreach (ref float noise in into)
                    {
                        noise *= (float)_training.CycleNoise;
                    }

                    break;
                case SurrogateObjective.Probe when _training.GaussianProbes:
                    _probes.At(step).FillNormal(into);
                    break;
                case SurrogateObjective.Probe:
                    _probes.At(step).FillRademacher(into);
                    break;
                case SurrogateObjective.PenaltyFactor:
                    into[0] = (float)_penaltyFactor(step);
                    break;
            }
        }
    }
}
