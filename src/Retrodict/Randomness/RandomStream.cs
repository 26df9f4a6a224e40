using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Retrodict.Randomness;

/// <summary>
/// A stream of random numbers that is a fixed function of a seed, a path of names and an index, the same on every machine. Streams are told
/// apart by what they are for, not by the order in which they are drawn from, so adding a draw in one place changes no other, and sample 7
/// is the same whether or not samples 0 to 6 were drawn, and on whichever thread.
/// </summary>
/// <remarks>
/// <para>
/// The generator is Philox4x32-10 (Salmon and others, SC11, 2011): block b of a stream is the image of a 128-bit counter under a 64-bit
/// key. The counter words c0, c1 hold b; c2, c3 hold 0 for a stream itself and i + 1 for its sub-stream <see cref="At"/>(i). The key of a
/// stream without names is its seed. A name derives a new key from the counters with the top bit of c3 set: c0, c1 hold the name's 64-bit
/// FNV-1a hash over its UTF-16 code units, low byte first, and the first two words of the image are the key. An index below an index
/// derives a key as the empty name would. Keys have 64 bits, so among n derived streams the chance that two coincide is n^2 / 2^65.
/// </para>
/// <para>
/// Words are used in the order of the block, low half first. A stream may be used by one thread at a time, but <see cref="Child"/> and
/// <see cref="At"/> read only what never changes, so any thread may call them at any time. It is a class because drawing moves it forward:
/// a copied struct would silently draw the same numbers twice. No draw allocates.
/// </para>
/// </remarks>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "A stream of random numbers is " +
    "what the literature calls it.")]
public sealed partial class RandomStream
{
    private const int WordsPerBlock = 4;

    private readonly StreamKey _key;
    private ulong _nextBlock;
    private ulong _low;
    private ulong _high;
    private int _used = WordsPerBlock;

    /// <summary>The stream of a seed.</summary>
    /// <param name="seed">Any number; different seeds give unrelated streams.</param>
    public RandomStream(ulong seed)
        : this(new StreamKey(seed, 0))
    {
    }

    /// <summary>The stream of a seed and a path of names: <c>new RandomStream(7, "heat-1d/train")</c> is <c>new
    /// RandomStream(7).Child("heat-1d").Child("train")</c>.</summary>
    /// <param name="seed">Any number; different seeds give unrelated streams.</param>
    /// <param name="path">One name, or several with slashes between.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public RandomStream(ulong seed, string path)
        : this(Descend(new StreamKey(seed, 0), path))
    {
    }

    private RandomStream(StreamKey key) => _key = key;

    /// <summary>The stream of a path of names below this one, from its beginning, however far this one has been drawn.</summary>
    /// <param name="path">One name, or several with slashes between.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public RandomStream Child(string path) => new(Descend(_key, path));

    /// <summary>The independent sub-stream of an index, from its beginning, however far this one has been drawn.</summary>
    /// <param name="index">For instance the number of a sample; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative or <see cref="long.MaxValue"/>.</exception>
    public RandomStream At(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfEqual(index, long.MaxValue);
        return new RandomStream(_key.At(index));
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_used == WordsPerBlock)
        {
            Refill();
        }

        ulong half = _used < 2 ? _low : _high;
        return (uint)(half >> (32 * (_used++ & 1)));
    }

    /// <summary>The next 64 random bits: two words, the first in the low half.</summary>
    public ulong NextUInt64()
    {
        if ((_used & 1) != 0)
        {
            ulong first = NextUInt32();
            return first | ((ulong)NextUInt32() << 32);
        }

        if (_used == WordsPerBlock)
        {
            Refill();
        }

        ulong both = _used == 0 ? _low : _high;
        _used += 2;
        return both;
    }

    /// <summary>A number from [0, 1), uniform on the multiples of 2^-53: the upper 53 of the next 64 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number from [0, 1), uniform on the multiples of 2^-24: the upper 24 of the next 32 bits.</summary>
    public float NextSingle() => (NextUInt32() >> 8) * (1.0f / (1 << 24));

    /// <summary>A number from [low, high), low + (high - low) u with u from <see cref="NextDouble"/>; low itself where both are
    /// equal.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end, not below the lower.</param>
    /// <exception cref="ArgumentException">The ends are out of order or not finite, or further apart than the largest double.</exception>
    public double NextUniform(double low, double high)
    {
        RequireInterval(low, high);
        return InInterval(low + ((high - low) * NextDouble()), low, high);
    }

    /// <summary>A whole number from 0 to n - 1, each exactly as likely as the others.</summary>
    /// <param name="n">How many numbers there are to choose from; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is not above 0.</exception>
    /// <remarks>D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019): the high half of word times n, where
    /// words that would favor some results are drawn again.</remarks>
    public int NextInt(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        ulong product = (ulong)NextUInt32() * (uint)n;
        if ((uint)product < (uint)n)
        {
            uint threshold = (uint)(-(uint)n) % (uint)n;
            while ((uint)product < threshold)
            {
                product = (ulong)NextUInt32() * (uint)n;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>
    /// A standard normal number: the quantile of 64 bits. The lower 53 bits k give the tail probability (k + 1/2) / 2^54, the top bit the
    /// sign (set for negative). The same on every machine to the last bit; the largest magnitude is 8.4.
    /// </summary>
    public double NextNormal()
    {
        const ulong Magnitude = (1UL << 53) - 1;
        ulong bits = NextUInt64();
        double z = NormalQuantile.Upper(((bits & Magnitude) + 0.5) * (1.0 / (1UL << 54)));

        // A branch on a random bit would be guessed wrong half of the time, which costs more than the quantile.
        return BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(z) | (bits & (1UL << 63)));
    }

    /// <summary>1 or -1, equally likely: the top bit of the next 32 bits, -1 where it is set.</summary>
    public double NextRademacher() => 1.0 - (2.0 * (NextUInt32() >> 31));

    private static StreamKey Descend(StreamKey key, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        foreach (Range range in path.AsSpan().Split('/'))
        {
            ReadOnlySpan<char> name = path.AsSpan(range);
            key = name.IsEmpty
                ? throw new ArgumentException($"The path '{path}' of a random stream has an empty name.", nameof(path))
                : key.Child(name);
        }

        return key;
    }

    private static void RequireInterval(double low, double high)
    {
        if (!(low <= high) || !double.IsFinite(high - low))
        {
            throw new ArgumentException(FormattableString.Invariant($"The interval from {low} to {high} is empty or not finite."));
        }
    }

    // Rounding can carry a number onto the upper end, which does not belong to the interval.
    private static T InInterval<T>(T value, T low, T high)
        where T : IFloatingPointIeee754<T>
        => value < high ? value : T.Max(low, T.BitDecrement(high));

    private void Refill()
    {
        (_low, _high) = Philox4x32.Block(_key.Key, _nextBlock++, _key.Index);
        _used = 0;
    }
}
