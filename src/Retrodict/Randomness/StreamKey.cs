namespace Retrodict.Randomness;

/// <summary>Which stream: the Philox key and the upper half of the counter. Two streams with different ones share no block.</summary>
/// <param name="Key">The Philox key, k0 in the low half.</param>
/// <param name="Index">The counter words c2 and c3: 0 for a stream itself, i + 1 for its sub-stream i. Below 2^63.</param>
internal readonly record struct StreamKey(ulong Key, ulong Index)
{
    private const ulong DerivationFlag = 1UL << 63;
    private const ulong FnvOffset = 0xCBF29CE484222325;
    private const ulong FnvPrime = 0x100000001B3;

    /// <summary>The stream of a name below this one.</summary>
    public StreamKey Child(ReadOnlySpan<char> name) => new(Derive(name), 0);

    /// <summary>The sub-stream of an index. An index below an index first derives a key of its own, as the empty name, which no child can
    /// have.</summary>
    public StreamKey At(long index) => new(Index == 0 ? Key : Derive([]), (ulong)index + 1);

    /// <summary>
    /// A new key: the low half of the block whose counter is the hash of the name (64-bit FNV-1a over its UTF-16 code units, low byte
    /// first) and the index with the top bit set. No draw ever uses that half of the counters.
    /// </summary>
    private ulong Derive(ReadOnlySpan<char> name)
    {
        ulong hash = FnvOffset;
        foreach (char unit in name)
        {
            hash = (hash ^ (byte)unit) * FnvPrime;
            hash = (hash ^ (byte)(unit >> 8)) * FnvPrime;
        }

        return Philox4x32.Block(Key, hash, Index | DerivationFlag).Low;
    }
}
