using Retrodict.Data;
using Retrodict.Randomness;

namespace Retrodict.Tests.Data;

/// <summary>Files that are damaged, or lie.</summary>
public sealed class NpyHostileTests
{
    private static readonly string[] _samples =
        ["little_f8.npy", "big_i2.npy", "fortran_f8.npy", "version2.npy", "version3.npy", "little_b1.npy"];

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        foreach (string name in _samples)
        {
            byte[] whole = Fixture.Bytes(name);
            for (int length = 0; length < whole.Length; length++)
            {
                byte[] part = whole[..length];
                Npy.Refusal(part);
                Assert.Throws<DataFormatException>(() => NpyFile.Read(new OneWayStream(part, 7), "pipe"));
            }
        }
    }

    [Fact]
    public void A_file_with_flipped_bits_is_read_or_refused()
    {
        RandomStream random = new(1, "flips");
        int refused = 0, read = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] file = Fixture.Bytes(_samples[round % _samples.Length]);
            for (int flips = random.NextInt(3); flips >= 0; flips--)
            {
                file[random.NextInt(file.Length)] ^= (byte)(1 << random.NextInt(8));
            }

            try
            {
                Npy.Read(file);
                read++;
            }
            catch (DataFormatException)
            {
                refused++;
            }
        }

        Assert.True(refused > 1000 && read > 1000, $"{refused} refused, {read} read");
    }

    [Theory]
    [InlineData("(1000000000000,)")]
    [InlineData("(99999999999999999999999999,)")]
    [InlineData("(2147483647, 2147483647, 2147483647)")]
    [InlineData("(4294967296, 4294967296)")]
    [InlineData("(65536, 65536)")]
    [InlineData("(0, 2147483647, 2147483647)")]
    [InlineData("(268435457,)")]
    public void A_shape_beyond_the_limits_is_refused(string shape)
        => Assert.Contains("allowed for one array", Npy.Refusal(Npy.OfShape(shape)), StringComparison.Ordinal);

    [Fact]
    public void A_large_claim_with_little_data_costs_no_memory()
    {
        byte[] file = Npy.OfShape("(268435456,)");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("ends before the 2147483648 bytes", Npy.Refusal(file), StringComparison.Ordinal);
        Assert.Throws<DataFormatException>(() => NpyFile.Read(new OneWayStream(file, 100), "pipe"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void A_header_length_beyond_the_limit_is_refused_before_it_is_read()
    {
        byte[] file = [0x93, .. "NUMPY"u8, 2, 0, 0xFF, 0xFF, 0xFF, 0xFF];
        Assert.Contains("4294967295 bytes, more than the 65536 allowed", Npy.Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_can_be_lowered_and_raised()
    {
        byte[] file = Npy.Make(Npy.Pair, new byte[16]);
        Assert.Equal(2, Npy.Read(file, new NumpyLimits { MaxBytes = 16, MaxDimensions = 1, MaxHeaderBytes = Npy.Pair.Length }).Length);
        Npy.Refusal(file, new NumpyLimits { MaxBytes = 15 });
        Npy.Refusal(file, new NumpyLimits { MaxDimensions = 0 });
        Npy.Refusal(file, new NumpyLimits { MaxHeaderBytes = Npy.Pair.Length - 1 });
        string many = $"({string.Concat(Enumerable.Repeat("1,", 33))})";
        Assert.Contains("33 dimensions", Npy.Refusal(Npy.OfShape(many)), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_after_the_array_are_refused()
    {
        byte[] file = [.. Fixture.Bytes("little_f8.npy"), 0];
        Assert.Contains(
            "goes on after the 48 bytes that shape (2, 3) of Float64 needs but has 49", Npy.Refusal(file), StringComparison.Ordinal);
        Assert.Contains(
            "goes on after", Assert.Throws<DataFormatException>(
                () => NpyFile.Read(new OneWayStream(file, 5), "pipe")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_beginnings_and_versions_are_refused()
    {
        Assert.Contains("empty", Npy.Refusal([]), StringComparison.Ordinal);
        Assert.Contains("504B0304", Npy.Refusal([.. "PK"u8, 3, 4, 0, 0, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("version 4.0", Npy.Refusal([0x93, .. "NUMPY"u8, 4, 0, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("version 1.1", Npy.Refusal([0x93, .. "NUMPY"u8, 1, 1, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("version 0.0", Npy.Refusal([0x93, .. "NUMPY"u8, 0, 0, 0, 0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Truth_values_other_than_0_and_1_become_true()
    {
        NumpyArray array = Npy.Read(Npy.Make("{'descr': '|b1', 'fortran_order': False, 'shape': (3,)}", [0, 2, 255]));
        Assert.True(array.TryGetSpan(out ReadOnlySpan<bool> values));
        Assert.Equal([false, true, true], values.ToArray());
        Assert.Equal([0.0, 1.0, 1.0], array.ToDoubles());
    }

    [Fact]
    public void Missing_files_and_folders_are_named()
    {
        using TemporaryFolder folder = new();
        Assert.Contains(
            "nowhere.npy", Assert.Throws<FileNotFoundException>(
                () => NpyFile.Read(folder["nowhere.npy"])).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => NpyFile.Read(folder["no/such/folder.npy"]));
        Assert.Contains("folder", Assert.Throws<DataFormatException>(() => NpyFile.Read(folder.Path)).Message, StringComparison.Ordinal);
    }
}
