using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>
/// Which samples a step takes: passes over all samples, each in a random order of its own, one after the other, cut into batches. A batch
/// may so hold the end of one pass and the beginning of the next; no sample is left out or taken twice in a pass. A step's samples depend
/// on the stream and the step alone.
/// </summary>
public sealed class EpochSampler
{
    private readonly int[] _order;
    private readonly RandomStream _random;
    private long _epoch = -1;

    /// <summary>Samples of a data set.</summary>
    /// <param name="count">How many samples there are, at least 1.</param>
    /// <param name="batchSize">How many a step takes, at least 1; it may be more than there are.</param>
    /// <param name="random">The stream that orders them.</param>
    public EpochSampler(int count, int batchSize, RandomStream random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentNullException.ThrowIfNull(random);
        _order = new int[count];
        BatchSize = batchSize;
        _random = random;
    }

    /// <summary>How many samples there are.</summary>
    public int Count => _order.Length;

    /// <summary>How many samples a step takes.</summary>
    public int BatchSize { get; }

    /// <summary>The steps that pass over all samples a number of times, rounded up.</summary>
    /// <param name="epochs">How many times.</param>
    public long StepsFor(int epochs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epochs);
        return (((long)epochs * Count) + BatchSize - 1) / BatchSize;
    }

    /// <summary>The samples of a step.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="samples">Receives <see cref="BatchSize"/> numbers from 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public void Fill(long step, Span<int> samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        if (samples.Length != BatchSize)
        {
            throw new ArgumentException($"A batch has {BatchSize} samples, but there is room for {samples.Length}.", nameof(samples));
        }

        long first = step * BatchSize;
        for (int i = 0; i < samples.Length; i++)
        {
            (long epoch, long place) = Math.DivRem(first + i, Count);
            if (epoch != _epoch)
            {
                Order(epoch);
            }

            samples[i] = _order[place];
        }
    }

    private void Order(long epoch)
    {
        for (int i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        _random.At(epoch).Shuffle(_order.AsSpan());
        _epoch = epoch;
    }
}
