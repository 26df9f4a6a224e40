using System.Buffers.Binary;
using System.Text;
using Retrodict.Data;
using Retrodict.Randomness;

namespace Retrodict.Learning.Tests.Safetensors;

public class SafetensorsTests
{
    /// <summary>
    /// Written by hand from the format's description: a header of 0x58 bytes, with a space at its end, then four bytes of F32.
    /// </summary>
    private static readonly byte[] _byHand =
    [
        0x58, 0, 0, 0, 0, 0, 0, 0,
        .. """{"__metadata__":{"a":"b"},"w":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}       """u8,
        0x00, 0x00, 0xC0, 0x3F,
    ];

    private static readonly float[] _weights = [1.5f, float.NaN, float.NegativeInfinity, 1e-45f, -0f, 3];

    [Fact]
    public void A_file_written_by_hand_is_read()
    {
        SafetensorsFile file = Read(_byHand);
        Assert.Equal("b", file.Metadata["a"]);
        Assert.Equal("F32", file["w"].Type);
        Assert.Equal([1, 1], file["w"].Shape.ToArray());
        Assert.Equal([1.5f], file["w"].ToSingle());
    }

    [Fact]
    public void Writing_lays_bytes_as_the_format_says()
    {
        byte[] bytes = Bytes(
            new SafetensorsFile([new("s", [1], [1.5f]), new("d", [], [2.0])], new Dictionary<string, string> { ["z"] = "ü", ["a"] = "" }));
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        string header = Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' ');
        Assert.Equal(
            """{"__metadata__":{"a":"","z":"\u00FC"},"d":{"dtype":"F64","shape":[],"data_offsets":[0,8]},"""
            + "\"s\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}",
            header);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0xC0, 0x3F], bytes[(8 + length)..]);
    }

    [Fact]
    public void What_is_written_is_read_to_the_last_bit()
    {
        using var folder = new TemporaryFolder();
        var file = new SafetensorsFile(
            [
                new("w", [2, 3], _weights),
                new("i", [2], [long.MinValue, 7L]),
                new("empty", [0, 5], (ReadOnlySpan<float>)[]),
                new("d", [], [Math.PI]),
            ],
            new Dictionary<string, string> { ["name"] = "a \"text\"\n" });
        file.Write(folder["a"]);
        SafetensorsFile again = SafetensorsFile.Read(folder["a"]);
        Assert.Equal(_weights.Select(BitConverter.SingleToUInt32Bits), again["w"].ToSingle().Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal([2, 3], again["w"].Shape.ToArray());
        Assert.Equal([long.MinValue, 7L], again["i"].ToInt64());
        Assert.Empty(again["empty"].ToSingle());
        Assert.Equal([Math.PI], again["d"].ToDouble());
        Assert.Equal("a \"text\"\n", again.Metadata["name"]);
        again.Write(folder["b"]);
        Assert.Equal(File.ReadAllBytes(folder["a"]), File.ReadAllBytes(folder["b"]));
        Assert.Equal(["a", "b"], folder.Files);
    }

    [Theory]
    [InlineData("F16", "003E", 1.5)]
    [InlineData("BF16", "C0BF", -1.5)]
    [InlineData("F64", "000000000000F83F", 1.5)]
    public void Narrow_and_wide_numbers_become_single_precision(string type, string data, double expected) =>
        Assert.Equal(
            (float)expected,
            Read(
                Of(
                    $$$"""{"w":{"dtype":"{{{type}}}","shape":[],"data_offsets":[0,{{{data.Length / 2}}}]}}""",
                    Convert.FromHexString(data)))["w"].ToSingle()[0]);

    [Theory]
    [InlineData("U8", "FF", 255)]
    [InlineData("I8", "FF", -1)]
    [InlineData("I16", "FEFF", -2)]
    [InlineData("U16", "FEFF", 65534)]
    [InlineData("I32", "FEFFFFFF", -2)]
    [InlineData("U32", "FEFFFFFF", 4294967294)]
    [InlineData("U64", "0100000000000000", 1)]
    public void Whole_numbers_keep_their_value(string type, string data, long expected) =>
        Assert.Equal(
            expected,
            Read(
                Of(
                    $$$"""{"w":{"dtype":"{{{type}}}","shape":[1],"data_offsets":[0,{{{data.Length / 2}}}]}}""",
                    Convert.FromHexString(data)))["w"].ToInt64()[0]);

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        byte[] whole = Sample();
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] part = whole[..length];
            Assert.Throws<DataFormatException>(() => Read(part));
            Assert.Throws<DataFormatException>(() => SafetensorsFile.Read(new Pipe(part), "pipe"));
        }

        Assert.Equal(4, SafetensorsFile.Read(new Pipe(whole), "pipe").Tensors.Count);
        Assert.Throws<DataFormatException>(() => Read([.. whole, 0]));
        Assert.Throws<DataFormatException>(() => SafetensorsFile.Read(new Pipe([.. whole, 0]), "pipe"));
    }

    [Fact]
    public void A_file_with_flipped_bits_is_read_or_refused()
    {
        byte[] whole = Sample();
        RandomStream random = new(1, "flips");
        int refused = 0, read = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] file = [.. whole];
            for (int flips = random.NextInt(3); flips >= 0; flips--)
            {
                file[random.NextInt(file.Length)] ^= (byte)(1 << random.NextInt(8));
            }

            try
            {
                Read(file);
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
    [InlineData(
        """{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"v":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "overlaps")]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"v":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "overlaps")]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"v":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""",
        12,
        "nothing covers")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "nothing covers")]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "twice")]
    [InlineData("""{"w":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "twice")]
    [InlineData("""{"__metadata__":{"a":"b","a":"c"}}""", 0, "twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", 0, "twice")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "not a text")]
    [InlineData("""{"__metadata__":{"a":{"b":"c"}}}""", 0, "not a text")]
    [InlineData("""{"__metadata__":"a"}""", 0, "not an object")]
    [InlineData("""{"w":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}""", 4, "known are")]
    [InlineData("""{"w":{"dtype":"f32","shape":[1],"data_offsets":[0,4]}}""", 4, "known are")]
    [InlineData("""{"w":{"dtype":5,"shape":[1],"data_offsets":[0,4]}}""", 4, "not a text")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}""", 4, "unknown key")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1]}}""", 0, "lacks")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "whole number")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}""", 4, "whole number")]
    [InlineData("""{"w":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "whole number")]
    [InlineData("""{"w":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", 4, "JSON")]
    [InlineData("""{"w":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""", 4, "not a list")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "needs 8 bytes")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "begin and an end")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "more than the 2")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "begin and an end")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "8 follow its header")]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[4294967296,4294967296,4294967296,4294967296],"data_offsets":[0,0]}}""",
        0,
        "more bytes than allowed")]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,0],"data_offsets":[0,0]}}""", 0, "more bytes than allowed")]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[2147483000,2147483000,2147483000,2147483000,2147483000],"data_offsets":[0,0]}}""",
        0,
        "more bytes than allowed")]
    [InlineData("""{"w":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,0]}}""", 0, "whole number")]
    [InlineData("""{"w":{"dtype":"U8","shape":[2000000000],"data_offsets":[0,2000000000]}}""", 4, "4 follow its header")]
    [InlineData("""{"w":[]}""", 0, "not an object")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} {}""", 4, "JSON")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""", 4, "JSON")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "JSON")]
    [InlineData("""{"a":1,}""", 0, "not an object")]
    [InlineData("[]", 0, "begin with {")]
    [InlineData("", 0, "begin with {")]
    public void What_departs_from_the_format_is_refused_with_the_reason(string header, int dataBytes, string reason)
    {
        string message = Assert.Throws<DataFormatException>(() => Read(Of(header, new byte[dataBytes]))).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.StartsWith("'file'", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(1UL << 32)]
    [InlineData((16UL << 20) + 1)]
    [InlineData(16UL << 20)]
    [InlineData(3UL)]
    public void A_header_length_that_lies_is_refused_without_its_memory(ulong length)
    {
        byte[] file = [.. BitConverter.GetBytes(length), (byte)'{', (byte)'}'];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DataFormatException>(() => Read(file));
        Assert.Throws<DataFormatException>(() => SafetensorsFile.Read(new Pipe(file), "pipe"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3 << 20);
    }

    [Fact]
    public void Limits_are_kept()
    {
        byte[] file = Sample();
        Refused(new SafetensorsLimits { MaxHeaderBytes = 100 }, "more than the 100 allowed");
        Refused(new SafetensorsLimits { MaxDimensions = 1 }, "more than the 1 elements allowed");
        Refused(new SafetensorsLimits { MaxBytes = 8 }, "allowed");
        Assert.Contains(
            "not UTF-8",
            Assert.Throws<DataFormatException>(() => Read([2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', 0xFF])).Message,
            StringComparison.Ordinal);

        void Refused(SafetensorsLimits limits, string reason) => Assert.Contains(
            reason,
            Assert.Throws<DataFormatException>(() => SafetensorsFile.Read(new MemoryStream(file), "file", limits)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_are_named()
    {
        SafetensorsFile file = Read(_byHand);
        Assert.Contains("it has: w", Assert.Throws<DataFormatException>(() => file["v"]).Message, StringComparison.Ordinal);
        Assert.Contains("F32", Assert.Throws<DataFormatException>(() => file["w"].ToInt64()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SafetensorsFile([new("w", [1], [1f]), new("w", [1], [1f])]));
        Assert.Throws<ArgumentException>(() => new SafetensorsFile([new("__metadata__", [1], [1f])]));
        Assert.Throws<ArgumentException>(() => new SafetensorsTensor("w", [2], [1f]));
        Assert.Throws<FileNotFoundException>(() => SafetensorsFile.Read("no such file"));
    }

    private static byte[] Sample() => Bytes(new SafetensorsFile(
        [new("w", [2, 3], _weights), new("v", [3], [1.0, 2, 3]), new("n", [1], [5L]), new("long name.weight", [40], new float[40])],
        new Dictionary<string, string> { ["format"] = "pt" }));

    private static byte[] Of(string header, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. data];
    }

    private static byte[] Bytes(SafetensorsFile file)
    {
        using var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }

    private static SafetensorsFile Read(byte[] bytes) => SafetensorsFile.Read(new MemoryStream(bytes), "file");

    /// <summary>A stream that can only be read forwards, a few bytes at a time.</summary>
    private sealed class Pipe(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 7));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 7)]);
    }
}
