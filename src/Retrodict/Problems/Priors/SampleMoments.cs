namespace Retrodict;

/// <summary>Mean and unbiased covariance of samples.</summary>
public static class SampleMoments
{
    /// <summary>Mean and unbiased covariance (divided by count - 1).</summary>
    /// <param name="samples">[count, n] row-major.</param>
    /// <param name="dimension">The length of a sample, n.</param>
    /// <returns>The mean [n] and the covariance [n, n] row-major.</returns>
    /// <exception cref="ArgumentException">There are fewer than two samples, the length is no multiple of n, or an entry is not
    /// finite.</exception>
    public static (double[] Mean, double[] Covariance) Of(ReadOnlySpan<double> samples, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        int count = samples.Length / dimension;
        if (samples.Length % dimension != 0 || count < 2)
        {
            throw new ArgumentException($"A covariance needs at least two samples of {dimension} numbers each, but " +
                $"{samples.Length} numbers were given.", nameof(samples));
        }

        var mean = new double[dimension];
        for (int s = 0; s < count; s++)
        {
            ReadOnlySpan<double> sample = samples.Slice(s * dimension, dimension);
            for (int i = 0; i < dimension; i++)
            {
                if (!double.IsFinite(sample[i]))
                {
                    throw new ArgumentException($"Component {i} of sample {s} is not finite.", nameof(samples));
                }

                mean[i] += sample[i];
            }
        }

        for (int i = 0; i < dimension; i++)
        {
            mean[i] /= count;
        }

        var covariance = new double[dimension * dimension];
        var deviation = new double[dimension];
        for (int s = 0; s < count; s++)
        {
            for (int i = 0; i < dimension; i++)
            {
                deviation[i] = samples[(s * dimension) + i] - mean[i];
            }

            for (int i = 0; i < dimension; i++)
            {
                Span<double> row = covariance.AsSpan(i * dimension, dimension);
                for (int j = 0; j <= i; j++)
                {
                    row[j] += deviation[i] * deviation[j];
                }
            }
        }

        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                covariance[(i * dimension) + j] /= count - 1;
                covariance[(j * dimension) + i] = covariance[(i * dimension) + j];
            }
        }

        return (mean, covariance);
    }

    /// <summary>Mean and unbiased standard deviation of every component, without the covariance between them.</summary>
    /// <param name="samples">[count, n] row-major, at least two.</param>
    /// <param name="dimension">The length of a sample, n.</param>
    /// <param name="least">Deviations are at least this, so that components that hardly vary are not blown up by a division.</param>
    /// <returns>The mean [n] and the deviation [n].</returns>
    /// <exception cref="ArgumentException">There are fewer than two samples, or the length is no multiple of n.</exception>
    public static (double[] Mean, double[] Deviation) OfComponents(ReadOnlySpan<double> samples, int dimension, double least)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        int count = samples.Length / dimension;
        if (samples.Length % dimension != 0 || count < 2)
        {
            throw new ArgumentException($"A deviation needs at least two samples of {dimension} numbers each, but {samples.Length} " +
                "numbers were given.", nameof(samples));
        }

        var mean = new double[dimension];
        var deviation = new double[dimension];
        for (int i = 0; i < samples.Length; i++)
        {
            mean[i % dimension] += samples[i] / count;
        }

        for (int i = 0; i < samples.Length; i++)
        {
            double difference = samples[i] - mean[i % dimension];
            deviation[i % dimension] += difference * difference / (count - 1);
        }

        for (int j = 0; j < dimension; j++)
        {
            deviation[j] = Math.Max(Math.Sqrt(deviation[j]), least);
        }

        return (mean, deviation);
    }
}
