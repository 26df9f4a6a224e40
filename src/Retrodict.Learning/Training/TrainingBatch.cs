using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>Memory for the data of one step: the elements of every data input, row-major.</summary>
public sealed class TrainingBatch
{
    private readonly IReadOnlyList<Variable> _inputs;

    internal TrainingBatch(IReadOnlyList<Variable> inputs)
    {
        _inputs = inputs;
        Buffers = [.. inputs.Select(input => new float[input.Shape.ElementCount])];
    }

    /// <summary>The data inputs, in the order of <see cref="TrainingObjective.Data"/>.</summary>
    public IReadOnlyList<Variable> Inputs => _inputs;

    internal float[][] Buffers { get; }

    /// <summary>An input's elements.</summary>
    /// <param name="index">Its place in <see cref="Inputs"/>.</param>
    public Span<float> this[int index] => Buffers[index];

    /// <summary>An input's elements.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is no such data input.</exception>
    public Span<float> this[string name]
    {
        get
        {
            for (int i = 0; i < _inputs.Count; i++)
            {
                if (_inputs[i].Name == name)
                {
                    return Buffers[i];
                }
            }

            throw new KeyNotFoundException($"There is no data input called '{name}'; there are: {string.Join(", ", _inputs)}.");
        }
    }
}
