using System.IO.Compression;
using System.Text;
using Retrodict.Data;
using Retrodict.Randomness;

namespace Retrodict.Tests.Data;

/// <summary>Archives that are damaged, or lie.</summary>
public sealed class NpzHostileTests
{
    [Theory]
    [InlineData("stored.npz")]
    [InlineData("compressed.npz")]
    public void An_archive_cut_off_anywhere_is_refused(string name)
    {
        using TemporaryFolder folder = new();
        byte[] whole = Fixture.Bytes(name);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(folder["cut.npz"], whole[..length]);
            Assert.Throws<DataFormatException>(() => NpzFile.Open(folder["cut.npz"]));
        }
    }

    [Theory]
    [InlineData("stored.npz")]
    [InlineData("compressed.npz")]
    public void An_archive_with_a_flipped_bit_is_read_as_it_was_or_refused(string name)
    {
        using TemporaryFolder folder = new();
        byte[] whole = Fixture.Bytes(name);
        int refused = 0;
        double[] x = [0.0, -1.0, 2.0, -3.0, 4.0, -5.0];
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] file = [.. whole];
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(folder["flip.npz"], file);
            try
            {
                using NpzFile archive = NpzFile.Open(folder["flip.npz"]);
                foreach (string array in archive.Names)
                {
                    double[] read = archive[array].ToDoubles();
                    Assert.True(array != "x" || read.SequenceEqual(x), $"bit {bit}");
                }
            }
            catch (DataFormatException)
            {
                refused++;
            }
        }

        Assert.True(refused > whole.Length * 2, $"{refused} refused");
    }

    [Fact]
    public void An_archive_with_many_flipped_bytes_is_read_or_refused()
    {
        using TemporaryFolder folder = new();
        RandomStream random = new(2, "flips");
        for (int round = 0; round < 4000; round++)
        {
            byte[] file = Fixture.Bytes(round % 2 == 0 ? "stored.npz" : "compressed.npz");

            // Most of the rounds damage the table of contents, where the lengths and offsets are.
            int from = round % 3 == 0 ? 0 : file.Length - 250;
            for (int flips = random.NextInt(6); flips >= 0; flips--)
            {
                file[from + random.NextInt(file.Length - from)] = (byte)random.NextUInt32();
            }

            File.WriteAllBytes(folder["flip.npz"], file);
            try
            {
                using NpzFile archive = NpzFile.Open(folder["flip.npz"]);
                foreach (string array in archive.Names)
                {
                    archive.Load(array);
                }
            }
            catch (DataFormatException)
            {
                // Refused, which is as good as read.
            }
        }
    }

    [Fact]
    public void Damaged_data_in_a_stored_member_is_found_by_its_checksum()
    {
        using TemporaryFolder folder = new();
        byte[] file = Fixture.Bytes("stored.npz");
        int data = file.AsSpan().IndexOf(BitConverter.GetBytes(-5.0));
        file[data] ^= 1;
        File.WriteAllBytes(folder["damaged.npz"], file);
        using NpzFile archive = NpzFile.Open(folder["damaged.npz"]);
        string message = Assert.Throws<DataFormatException>(() => archive["x"]).Message;
        Assert.Contains("array 'x'", message, StringComparison.Ordinal);
        Assert.Contains("checksum", message, StringComparison.Ordinal);
        Assert.Equal(4, archive["y_noisy"].Length);
    }

    [Fact]
    public void Two_members_of_one_name_are_refused()
    {
        using TemporaryFolder folder = new();
        Archive(folder["twice.npz"], ("a.npy", Fixture.Bytes("little_f8.npy")), ("a.npy", Fixture.Bytes("little_f4.npy")));
        Assert.Contains(
            "two arrays with the name 'a'", Assert.Throws<DataFormatException>(
                () => NpzFile.Open(folder["twice.npz"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_that_are_no_arrays_are_passed_over()
    {
        using TemporaryFolder folder = new();
        Archive(folder["mixed.npz"], ("readme.txt", [1, 2]), ("a.npy", Fixture.Bytes("little_f8.npy")), ("folder/", []));
        using NpzFile file = NpzFile.Open(folder["mixed.npz"]);
        Assert.Equal(["a"], file.Names);
    }

    [Fact]
    public void A_member_that_is_not_an_array_is_refused_by_name_and_leaves_the_others()
    {
        using TemporaryFolder folder = new();
        Archive(
            folder["bad.npz"], ("bad.npy", [1, 2]), (
                "long.npy", [.. Fixture.Bytes("little_f8.npy"), 0]), ("good.npy", Fixture.Bytes("little_f8.npy")));
        using NpzFile file = NpzFile.Open(folder["bad.npz"]);
        Assert.Contains("array 'bad'", Assert.Throws<DataFormatException>(() => file["bad"]).Message, StringComparison.Ordinal);
        Assert.Contains("goes on after", Assert.Throws<DataFormatException>(() => file["long"]).Message, StringComparison.Ordinal);
        Assert.Equal(6, file["good"].Length);
    }

    [Fact]
    public void A_zip_bomb_is_stopped_by_the_limits()
    {
        using TemporaryFolder folder = new();
        NpzFile.Write(folder["bomb.npz"], [("zeros", NumpyArray.Create(new byte[20_000_000]))], compressed: true);
        Assert.InRange(new FileInfo(folder["bomb.npz"]).Length, 0, 100_000);
        using NpzFile file = NpzFile.Open(folder["bomb.npz"], new NumpyLimits { MaxBytes = 10_000_000 });
        Assert.Contains("10000000 bytes", Assert.Throws<DataFormatException>(() => file["zeros"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_claim_of_both_header_and_archive_costs_no_memory()
    {
        using TemporaryFolder folder = new();
        byte[] member = Npy.OfShape("(134217728,)");
        Archive(folder["liar.npz"], ("x.npy", member));
        byte[] file = File.ReadAllBytes(folder["liar.npz"]);

        // The uncompressed length stands 24 bytes into the entry of the table of contents.
        int entry = file.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(file.AsSpan(entry + 24), (uint)(member.Length + (1 << 30)));
        File.WriteAllBytes(folder["liar.npz"], file);
        using NpzFile archive = NpzFile.Open(folder["liar.npz"]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DataFormatException>(() => archive["x"]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Theory]
    [InlineData(6, 1, "encrypted")]
    [InlineData(8, 12, "ZIP archive with stored or deflated members")]
    public void Encryption_and_other_compressions_are_refused(int offset, byte value, string expected)
    {
        using TemporaryFolder folder = new();
        Archive(folder["odd.npz"], ("x.npy", Fixture.Bytes("little_f8.npy")));
        byte[] file = File.ReadAllBytes(folder["odd.npz"]);
        file[offset] = value;
        file[file.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + offset + 2] = value;
        File.WriteAllBytes(folder["odd.npz"], file);
        using NpzFile archive = NpzFile.Open(folder["odd.npz"]);
        string message = Assert.Throws<DataFormatException>(() => archive["x"]).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains("array 'x'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Something_else_is_no_archive()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["text.npz"], "x,y\n1,2\n", Encoding.UTF8);
        Assert.Contains(
            "text.npz", Assert.Throws<DataFormatException>(() => NpzFile.Open(folder["text.npz"])).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => NpzFile.Open(folder["nowhere.npz"]));

        // A refused file is closed again, or Windows would not let it go.
        File.Delete(folder["text.npz"]);
    }

    private static void Archive(string path, params (string Name, byte[] Bytes)[] members)
    {
        using FileStream stream = File.Create(path);
        using ZipArchive archive = new(stream, ZipArchiveMode.Create);
        foreach ((string name, byte[] bytes) in members)
        {
            using Stream member = archive.CreateEntry(name).Open();
            member.Write(bytes);
        }
    }
}
