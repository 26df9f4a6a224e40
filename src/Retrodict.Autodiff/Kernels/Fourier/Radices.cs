namespace Retrodict.Autodiff.Kernels.Fourier;

/// <summary>Into which radices a length splits.</summary>
internal static class Radices
{
    /// <summary>The largest prime that has a butterfly; lengths with larger ones go through Bluestein's convolution.</summary>
    private const int LargestPrime = 61;

    /// <summary>The radices of a length, those with the cheapest butterflies first; null if a prime factor is too large.</summary>
    public static int[]? Of(int length)
    {
        var radices = new List<int>();
        int twos = int.TrailingZeroCount(length);
        int rest = length >> twos;

        // 8 x 2 costs more than 4 x 4.
        int fours = twos % 3 == 1 && twos >= 4 ? 2 : twos % 3 == 2 ? 1 : 0;
        radices.AddRange(Enumerable.Repeat(8, (twos - (2 * fours)) / 3));
        radices.AddRange(Enumerable.Repeat(4, fours));
        for (int prime = 3; prime <= LargestPrime && rest > 1; prime += 2)
        {
            while (rest % prime == 0)
            {
                radices.Add(prime);
                rest /= prime;
            }
        }

        if (twos == 1)
        {
            radices.Add(2);
        }

        return rest == 1 ? [.. radices] : null;
    }

    /// <summary>The length of a circular convolution that holds a linear one: a power of two, or that times 3, 5, 9 or 15.</summary>
    public static int ConvolutionLength(int atLeast)
    {
        long best = long.MaxValue;
        foreach (int odd in (ReadOnlySpan<int>)[1, 3, 5, 9, 15])
        {
            long length = odd;
            while (length < atLeast)
            {
                length *= 2;
            }

            best = Math.Min(best, length);
        }

        return checked((int)best);
    }
}
