namespace Retrodict.Randomness;

/// <summary>
/// The Philox4x32-10 block function: a keyed bijection of 128-bit counters whose images pass for random.
/// </summary>
/// <remarks>
/// J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011). Each of ten rounds
/// multiplies the first and third word by constants, exchanges high and low halves and mixes in the key, which grows by the golden ratio
/// and sqrt(3) - 1 from round to round. The words c0..c3 are those of the paper; c0 is the low half of <c>low</c>.
/// </remarks>
internal static class Philox4x32
{
    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>The block for a counter (c0 and c1 in <paramref name="low"/>, c2 and c3 in <paramref name="high"/>), laid out the same
    /// way.</summary>
    public static (ulong Low, ulong High) Block(ulong key, ulong low, ulong high)
    {
        (uint k0, uint k1) = ((uint)key, (uint)(key >> 32));
        (uint c0, uint c1, uint c2, uint c3) = ((uint)low, (uint)(low >> 32), (uint)high, (uint)(high >> 32));
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0;
            ulong product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ k0, (uint)product1, (uint)(product0 >> 32) ^ c3 ^ k1, (uint)product0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return (c0 | ((ulong)c1 << 32), c2 | ((ulong)c3 << 32));
    }
}
