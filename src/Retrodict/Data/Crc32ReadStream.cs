namespace Retrodict.Data;

/// <summary>
/// Passes reads through and keeps the CRC-32 of what was read (the one of ZIP: reflected polynomial EDB88320). The ZIP reader of the base
/// class library does not compare it with the archive's, so a flipped bit in a stored member would pass for data.
/// </summary>
internal sealed class Crc32ReadStream : Stream
{
    private static readonly uint[] _table = MakeTable();

    private readonly Stream _inner;
    private uint _state = uint.MaxValue;

    /// <summary>Wraps a stream, which is disposed with this one.</summary>
    public Crc32ReadStream(Stream inner) => _inner = inner;

    /// <summary>The CRC-32 of the bytes read so far.</summary>
    public uint Crc => ~_state;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int got = _inner.Read(buffer);
        uint state = _state;
        foreach (byte value in buffer[..got])
        {
            state = _table[(byte)(state ^ value)] ^ (state >> 8);
        }

        _state = state;
        return got;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint value = 0; value < table.Length; value++)
        {
            uint remainder = value;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder >> 1) ^ ((remainder & 1) * 0xEDB88320);
            }

            table[value] = remainder;
        }

        return table;
    }
}
