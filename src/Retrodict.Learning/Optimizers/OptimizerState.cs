namespace Retrodict.Learning;

/// <summary>What an <see cref="Optimizer"/> remembers between steps.</summary>
public sealed class OptimizerState
{
    internal OptimizerState(IReadOnlyList<string> names, int length)
    {
        Names = names;
        Length = length;
        Vectors = new float[names.Count][];
        for (int i = 0; i < Vectors.Length; i++)
        {
            Vectors[i] = new float[length];
        }
    }

    /// <summary>The number of parameters.</summary>
    public int Length { get; }

    /// <summary>Names of the vectors.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The steps taken.</summary>
    public long Steps { get; internal set; }

    internal float[][] Vectors { get; }

    /// <summary>A vector, for instance Adam's first moment; rules change it in place.</summary>
    /// <param name="index">Its place in <see cref="Names"/>.</param>
    public Span<float> Vector(int index) => Vectors[index];
}
