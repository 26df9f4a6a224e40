using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Retrodict.Data;

/// <summary>Writes one array in the NPY format, byte for byte as NumPy does for arrays in row-major order.</summary>
internal static class NpyWriter
{
    private const int Alignment = 64;

    // NumPy leaves room in the header for the first axis to grow to this many digits without moving the data.
    private const int GrowthDigits = 21;

    /// <summary>Writes the header and the elements.</summary>
    public static void Write(Stream stream, NumpyArray array)
    {
        stream.Write(Header(array));
        NumpyTypes.Dispatch<Elements, int>(array.ElementType, new Elements(stream, array));
    }

    private static byte[] Header(NumpyArray array)
    {
        string descriptor = NumpyTypes.NativeDescriptor(array.ElementType);
        string shape = NumpyShape.Format(array.Shape);
        string dictionary = $"{{'descr': '{descriptor}', 'fortran_order': False, 'shape': {shape}, }}";
        if (array.Rank > 0)
        {
            dictionary += new string(' ', GrowthDigits - array.Shape[0].ToString(CultureInfo.InvariantCulture).Length);
        }

        int textStart = NpyFile.Magic.Length + 2 + sizeof(ushort);
        int total = Padded(textStart + dictionary.Length + 1);
        bool version1 = total - textStart <= ushort.MaxValue;
        if (!version1)
        {
            textStart += sizeof(uint) - sizeof(ushort);
            total = Padded(textStart + dictionary.Length + 1);
        }

        byte[] header = new byte[total];
        NpyFile.Magic.CopyTo(header);
        header[6] = version1 ? (byte)1 : (byte)2;
        if (version1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(total - textStart));
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), (uint)(total - textStart));
        }

        header.AsSpan(textStart).Fill((byte)' ');
        Encoding.Latin1.GetBytes(dictionary, header.AsSpan(textStart));
        header[^1] = (byte)'\n';
        return header;
    }

    private static int Padded(int length) => (length + Alignment - 1) / Alignment * Alignment;

    private readonly struct Elements(Stream stream, NumpyArray array) : INumpyVisitor<int>
    {
        // A span of bytes counts them in an int, so a large array is written in parts.
        private const int ChunkElements = 1 << 20;

        public int Visit<T>()
            where T : unmanaged, INumber<T>
        {
            T[] values = array.Storage<T>();
            for (int start = 0; start < values.Length; start += ChunkElements)
            {
                stream.Write(MemoryMarshal.AsBytes(values.AsSpan(start, Math.Min(ChunkElements, values.Length - start))));
            }

            return values.Length;
        }
    }
}
