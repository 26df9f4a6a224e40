using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Retrodict.Data;

/// <summary>Reads one array in the NPY format from a stream that holds nothing after it.</summary>
internal sealed class NpyReader
{
    /// <summary>The elements read at a time, and first reserved where the length of the stream cannot be known.</summary>
    private const int ChunkElements = 1 << 17;

    private const int VersionBytes = 8;

    private readonly Stream _stream;
    private readonly string _label;
    private readonly NumpyLimits _limits;
    private long _consumed;

    /// <summary>Prepares to read from a stream's current position.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="label">Names the file, and the array in it, in error messages.</param>
    /// <param name="limits">What the array may ask for.</param>
    public NpyReader(Stream stream, string label, NumpyLimits limits)
    {
        _stream = stream;
        _label = label;
        _limits = limits;
    }

    /// <summary>Reads the header and leaves the stream at the first element.</summary>
    public NpyHeader ReadHeader()
    {
        Span<byte> fixedPart = stackalloc byte[VersionBytes + 4];
        int got = Read(fixedPart[..VersionBytes]);
        if (got == 0)
        {
            throw Damaged("it is empty; an NPY file begins with the bytes 93 4E 55 4D 50 59 (\\x93NUMPY)");
        }

        ReadOnlySpan<byte> begun = fixedPart[..Math.Min(got, NpyFile.Magic.Length)];
        if (!NpyFile.Magic.StartsWith(begun))
        {
            throw Damaged(
                $"it begins with the bytes {Convert.ToHexString(begun)}, where an NPY file begins with 934E554D5059 (\\x93NUMPY)");
        }

        if (got < VersionBytes)
        {
            throw Damaged("it ends before its version number");
        }

        (byte major, byte minor) = (fixedPart[6], fixedPart[7]);
        if (major is < 1 or > 3 || minor != 0)
        {
            throw Damaged($"it has NPY format version {major}.{minor}, where 1.0, 2.0 and 3.0 are known");
        }

        Span<byte> lengthBytes = fixedPart.Slice(VersionBytes, major == 1 ? 2 : 4);
        if (Read(lengthBytes) < lengthBytes.Length)
        {
            throw Damaged("it ends before the length of its header");
        }

        uint length = major == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(lengthBytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > _limits.MaxHeaderBytes)
        {
            throw Damaged($"its header claims {length} bytes, more than the {_limits.MaxHeaderBytes} allowed");
        }

        byte[] text = new byte[length];
        if (Read(text) < text.Length)
        {
            throw Damaged($"it ends inside its header of {length} bytes");
        }

        try
        {
            Encoding encoding = major == 3 ? new UTF8Encoding(false, throwOnInvalidBytes: true) : Encoding.Latin1;
            return NpyHeader.Parse(encoding.GetString(text), _label, _limits);
        }
        catch (DecoderFallbackException e)
        {
            throw new DataFormatException($"{_label}: the header is not UTF-8, which format version 3.0 uses.", e);
        }
    }

    /// <summary>Reads the whole array and makes sure that the stream ends with it.</summary>
    /// <param name="available">The bytes from the start of the array to the end of the stream, or null where they cannot be known.</param>
    /// <param name="trusted">True where those bytes are known to exist, so that memory for all of them may be taken at once.</param>
    public NumpyArray ReadArray(long? available, bool trusted)
    {
        NpyHeader header = ReadHeader();
        if (available - _consumed is long left && left != header.DataBytes)
        {
            throw WrongLength(header, left);
        }

        Array values = NumpyTypes.Dispatch<Elements, Array>(
            header.ElementType, new Elements(this, header, trusted && available is not null));
        if (header.ElementType == NumpyType.Boolean)
        {
            values = NumpyArray.Truth((byte[])values);
        }

        return _stream.ReadByte() < 0
            ? new NumpyArray(header.ElementType, values, header.Shape.ToArray())
            : throw WrongLength(header, null);
    }

    private T[] ReadElements<T>(NpyHeader header, bool reserveAll)
        where T : unmanaged
    {
        int count = NumpyShape.Count(header.Shape);
        T[] values = GC.AllocateUninitializedArray<T>(reserveAll ? count : Math.Min(count, ChunkElements));
        for (int filled = 0; filled < count;)
        {
            if (filled == values.Length)
            {
                Array.Resize(ref values, (int)Math.Min(count, 2L * values.Length));
            }

            Span<T> chunk = values.AsSpan(filled, Math.Min(values.Length - filled, ChunkElements));
            Span<byte> bytes = MemoryMarshal.AsBytes(chunk);
            int got = Read(bytes);
            if (got < bytes.Length)
            {
                throw WrongLength(header, ((long)filled * Unsafe.SizeOf<T>()) + got);
            }

            if (header.IsBigEndian == BitConverter.IsLittleEndian)
            {
                ReverseBytes(chunk);
            }

            filled += chunk.Length;
        }

        return header.IsFortranOrder ? NumpyShape.ToRowMajor(values, header.Shape) : values;
    }

    private static void ReverseBytes<T>(Span<T> values)
        where T : unmanaged
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(values);
        switch (bytes.Length / Math.Max(values.Length, 1))
        {
            case 2:
                Span<ushort> shorts = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                Span<uint> words = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 8:
                Span<ulong> longs = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
            default:
                break;
        }
    }

    private int Read(Span<byte> bytes)
    {
        try
        {
            int got = _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            _consumed += got;
            return got;
        }
        catch (InvalidDataException e)
        {
            throw new DataFormatException($"{_label}: its compressed data is damaged ({e.Message})", e);
        }
    }

    private DataFormatException WrongLength(NpyHeader header, long? found)
    {
        string holds = found is null || found > header.DataBytes ? "goes on after" : "ends before";
        string bytes = found is null ? "" : string.Create(CultureInfo.InvariantCulture, $" but has {found}");
        return Damaged(string.Create(
            CultureInfo.InvariantCulture,
            $"it {holds} the {header.DataBytes} bytes that shape {NumpyShape.Format(header.Shape)} of {header.ElementType} needs{bytes}"));
    }

    private DataFormatException Damaged(string problem) => new($"{_label}: {problem}.");

    private readonly struct Elements(NpyReader reader, NpyHeader header, bool reserveAll) : INumpyVisitor<Array>
    {
        public Array Visit<T>()
            where T : unmanaged, INumber<T>
            => reader.ReadElements<T>(header, reserveAll);
    }
}
