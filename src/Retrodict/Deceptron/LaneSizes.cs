namespace Retrodict;

/// <summary>The numbers of instances that plans are compiled for: a run takes the least that is enough.</summary>
internal sealed class LaneSizes
{
    // Matrix products go by tiles of six rows. None is 1: the product of a matrix and a vector sums in another order than that of two
    // matrices, and the bits of an instance must not depend on the others.
    private static readonly int[] _all = [6, 12, 24, 36, 48, 60, 72, 96, 126];

    // Small instances need many at once to fill matrix products; large ones would only leave the cache.
    private const int MostElements = 1 << 16;

    private readonly int[] _sizes;

    /// <param name="map">Its observations and unknowns decide how many instances are of use at once.</param>
    public LaneSizes(ReverseMap map)
    {
        int most = Math.Max(_all[0], MostElements / (map.Observations + map.Unknowns));
        _sizes = [.. _all.Where(size => size <= most)];
    }

    /// <summary>How many numbers there are.</summary>
    public int Count => _sizes.Length;

    /// <summary>The most instances at once.</summary>
    public int Most => _sizes[^1];

    /// <summary>A number of instances.</summary>
    /// <param name="index">Its position; they ascend.</param>
    public int this[int index] => _sizes[index];

    /// <summary>The position of the least number that is enough.</summary>
    public int For(int count)
    {
        int i = 0;
        while (_sizes[i] < count)
        {
            i++;
        }

        return i;
    }
}
