using System.Buffers.Binary;
using System.Globalization;
using Retrodict.Data;

namespace Retrodict.Learning;

/// <summary>Reads the safetensors format from a stream that holds nothing after it.</summary>
internal sealed class SafetensorsReader(Stream stream, string label, SafetensorsLimits limits)
{
    /// <summary>The bytes first reserved where the length of the stream cannot be known.</summary>
    private const int ChunkBytes = 1 << 20;

    public SafetensorsFile Read()
    {
        long? available = stream.CanSeek ? stream.Length - stream.Position : null;
        byte[] header = ReadHeader(available);
        (SafetensorsEntry[] entries, Dictionary<string, string> metadata) = SafetensorsHeader.Parse(header, label, limits);
        long dataBytes = entries.Length == 0 ? 0 : entries[^1].End;
        if (available is { } bytes && bytes - sizeof(ulong) - header.Length is var found && found != dataBytes)
        {
            throw WrongLength(dataBytes, found);
        }

        var tensors = new List<SafetensorsTensor>(entries.Length);
        foreach (SafetensorsEntry entry in entries)
        {
            byte[]? data = ReadBytes((int)(entry.End - entry.Begin), trusted: available is not null);
            tensors.Add(new SafetensorsTensor(entry.Name, entry.Type, entry.Shape, data ?? throw WrongLength(dataBytes, null)));
        }

        return stream.ReadByte() < 0
            ? new SafetensorsFile(label, tensors, metadata)
            : throw Damaged($"it goes on after the {dataBytes} bytes that its tensors take");
    }

    private byte[] ReadHeader(long? available)
    {
        Span<byte> lengthBytes = stackalloc byte[sizeof(ulong)];
        if (stream.ReadAtLeast(lengthBytes, lengthBytes.Length, throwOnEndOfStream: false) < lengthBytes.Length)
        {
            throw Damaged($"it ends inside its first eight bytes, the length of the header of a safetensors file");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > (ulong)limits.MaxHeaderBytes)
        {
            throw Damaged(
                $"its header claims {length} bytes, more than the {limits.MaxHeaderBytes} allowed; perhaps it is no safetensors file");
        }

        if (available is { } bytes && (long)length > bytes - sizeof(ulong))
        {
            throw Damaged($"it ends inside its header of {length} bytes");
        }

        return ReadBytes((int)length, trusted: available is not null) ?? throw Damaged($"it ends inside its header of {length} bytes");
    }

    /// <summary>Bytes from the stream; null where it ends before. What a header merely claims costs no memory.</summary>
    private byte[]? ReadBytes(int count, bool trusted)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(trusted ? count : Math.Min(count, ChunkBytes));
        for (int filled = 0; filled < count;)
        {
            if (filled == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(count, 2L * bytes.Length));
            }

            int got = stream.ReadAtLeast(bytes.AsSpan(filled), bytes.Length - filled, throwOnEndOfStream: false);
            filled += got;
            if (filled < bytes.Length)
            {
                return null;
            }
        }

        return bytes;
    }

    private DataFormatException WrongLength(long needed, long? found) => found is { } bytes
        ? Damaged($"its tensors take {needed} bytes, but {bytes} follow its header")
        : Damaged($"it ends before the {needed} bytes that its tensors take");

    private DataFormatException Damaged(FormattableString problem) => new($"{label}: {problem.ToString(CultureInfo.InvariantCulture)}.");
}
