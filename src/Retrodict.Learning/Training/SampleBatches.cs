using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>Batches of a data set in memory: whole samples, in the order of an <see cref="EpochSampler"/>.</summary>
public sealed class SampleBatches : IBatchSource
{
    private readonly EpochSampler _sampler;
    private readonly float[][] _columns;
    private readonly string[] _names;
    private readonly int[] _samples;

    /// <summary>Batches of given samples.</summary>
    /// <param name="sampler">Which samples a step takes.</param>
    /// <param name="data">
    /// For every data input of the objective its name and the samples, [samples, shape of one], row-major. They are not copied.
    /// </param>
    /// <exception cref="ArgumentException">The elements of an input are not a multiple of the number of samples.</exception>
    public SampleBatches(EpochSampler sampler, params ReadOnlySpan<(string Name, float[] Samples)> data)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        _sampler = sampler;
        _samples = new int[sampler.BatchSize];
        _names = new string[data.Length];
        _columns = new float[data.Length][];
        for (int i = 0; i < data.Length; i++)
        {
            (_names[i], _columns[i]) = data[i];
            ArgumentNullException.ThrowIfNull(_columns[i], nameof(data));
            if (_columns[i].Length % sampler.Count != 0)
            {
                throw new ArgumentException(
                    $"'{_names[i]}' has {_columns[i].Length} elements, which do not divide into {sampler.Count} samples.", nameof(data));
            }
        }
    }

    /// <inheritdoc/>
    public void Fill(long step, TrainingBatch batch) => Fill(step, batch, all: true);

    /// <summary>Fills the inputs that there are samples for, and leaves the others to a source around this one.</summary>
    internal void FillKnown(long step, TrainingBatch batch) => Fill(step, batch, all: false);

    private void Fill(long step, TrainingBatch batch, bool all)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _sampler.Fill(step, _samples);
        for (int input = 0; input < batch.Inputs.Count; input++)
        {
            if (!all && Array.IndexOf(_names, batch.Inputs[input].Name) < 0)
            {
                continue;
            }

            float[] column = Column(batch.Inputs[input]);
            Span<float> into = batch[input];
            int length = column.Length / _sampler.Count;
            if (into.Length != length * _samples.Length)
            {
                throw new ShapeException(
                    $"The data input '{batch.Inputs[input]}' takes {into.Length} elements a step, "
                    + $"but {_samples.Length} samples of {length} elements are {length * _samples.Length}.");
            }

            for (int i = 0; i < _samples.Length; i++)
            {
                column.AsSpan(_samples[i] * length, length).CopyTo(into[(i * length)..]);
            }
        }
    }

    private float[] Column(Variable input)
    {
        int index = Array.IndexOf(_names, input.Name);
        return index >= 0
            ? _columns[index]
            : throw new KeyNotFoundException($"There are no samples for the data input '{input}'; there are: {string.Join(", ", _names)}.");
    }
}
