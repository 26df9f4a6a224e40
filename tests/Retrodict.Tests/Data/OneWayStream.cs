namespace Retrodict.Tests.Data;

/// <summary>Bytes that arrive a few at a time through a stream that cannot seek, as from a pipe.</summary>
internal sealed class OneWayStream(byte[] bytes, int perRead) : Stream
{
    private int _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int got = Math.Min(Math.Min(count, perRead), bytes.Length - _at);
        Array.Copy(bytes, _at, buffer, offset, got);
        _at += got;
        return got;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
