using Retrodict.Randomness;

namespace Retrodict.Tests.Randomness;

public sealed class PhiloxTests
{
    /// <summary>The known answers of Random123 (kat_vectors, philox4x32 with 10 rounds).</summary>
    [Theory]
    [InlineData(0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)]
    [InlineData(0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)]
    [InlineData(0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0, 0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)]
    public void Blocks_are_the_published_ones(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint w0, uint w1, uint w2, uint w3)
    {
        (ulong low, ulong high) = Philox4x32.Block(Pair(k0, k1), Pair(c0, c1), Pair(c2, c3));
        Assert.Equal((Pair(w0, w1), Pair(w2, w3)), (low, high));
    }

    private static ulong Pair(uint low, uint high) => low | ((ulong)high << 32);
}
