using System.Buffers.Binary;
using System.Text;
using Retrodict.Data;

namespace Retrodict.Tests.Data;

/// <summary>NPY files put together byte by byte.</summary>
internal static class Npy
{
    public const string Pair = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }";

    public static byte[] Make(string header, ReadOnlySpan<byte> data, int version = 1, Encoding? encoding = null)
    {
        byte[] text = (encoding ?? Encoding.Latin1).GetBytes(header);
        byte[] length = new byte[version == 1 ? 2 : 4];
        if (version == 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)text.Length);
        }

        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. text, .. data];
    }

    /// <summary>A header of type f8 with a shape, and no data.</summary>
    public static byte[] OfShape(string shape) => Make($"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}}}", []);

    public static NumpyArray Read(byte[] bytes, NumpyLimits? limits = null)
    {
        using MemoryStream stream = new(bytes);
        return NpyFile.Read(stream, "test.npy", limits);
    }

    /// <summary>Reads the bytes, which must be refused, and gives the message.</summary>
    public static string Refusal(byte[] bytes, NumpyLimits? limits = null)
    {
        string message = Assert.Throws<DataFormatException>(() => Read(bytes, limits)).Message;
        Assert.StartsWith("'test.npy': ", message, StringComparison.Ordinal);
        return message;
    }

    public static byte[] Write(NumpyArray array)
    {
        using MemoryStream stream = new();
        NpyFile.Write(stream, array);
        return stream.ToArray();
    }
}
