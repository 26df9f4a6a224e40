using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>
/// Unknowns that training has never seen, with noise and probes: sample b of step s is number s B + b of the training's stream, whatever
/// the threads.
/// </summary>
internal sealed class FreshBatches : IBatchSource
{
    private readonly LearningProblem _problem;
    private readonly int _batchSize;
    private readonly bool _rademacher;
    private readonly RandomStream _unknowns;
    private readonly RandomStream _noise;
    private readonly RandomStream _probes;
    private readonly double[] _x;

    public FreshBatches(LearningProblem problem, int batchSize, RandomStream random, bool rademacher)
    {
        (_problem, _batchSize, _rademacher) = (problem, batchSize, rademacher);
        (_unknowns, _noise, _probes) = (random.Child("unknowns"), random.Child("noise"), random.Child("probes"));
        _x = new double[problem.Shapes.Unknowns];
    }

    public void Fill(long step, TrainingBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Span<float> unknowns = batch[PhysicsObjectives.Unknown];
        for (int b = 0; b < _batchSize; b++)
        {
            _problem.Sampler(_unknowns.At((step * _batchSize) + b), _x);
            Span<float> row = unknowns.Slice(b * _x.Length, _x.Length);
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = (float)_x[i];
            }
        }

        _noise.At(step).FillNormal(batch[PhysicsObjectives.Noise]);
        foreach (var input in batch.Inputs)
        {
            if (input.Name == PhysicsObjectives.Probe)
            {
                Span<float> probes = batch[PhysicsObjectives.Probe];
                if (_rademacher)
                {
                    _probes.At(step).FillRademacher(probes);
                }
                else
                {
                    _probes.At(step).FillNormal(probes);
                }
            }
        }
    }
}
