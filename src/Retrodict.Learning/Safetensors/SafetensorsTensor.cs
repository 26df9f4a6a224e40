using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Retrodict.Data;

namespace Retrodict.Learning;

/// <summary>
/// A named tensor of a safetensors file: its type, its shape, and its elements as they lie in the file, row-major and little-endian.
/// </summary>
public sealed class SafetensorsTensor
{
    private readonly byte[] _bytes;
    private readonly int[] _shape;

    internal SafetensorsTensor(string name, TensorType type, int[] shape, byte[] bytes)
    {
        Name = name;
        ElementType = type;
        _shape = shape;
        _bytes = bytes;
    }

    /// <summary>A tensor of single-precision numbers.</summary>
    /// <param name="name">The name.</param>
    /// <param name="shape">The length of each axis, outermost first; empty for a single number.</param>
    /// <param name="elements">The elements, row-major; they are copied.</param>
    /// <exception cref="ArgumentException">The number of elements is not the product of the lengths.</exception>
    public SafetensorsTensor(string name, ReadOnlySpan<int> shape, ReadOnlySpan<float> elements)
        : this(name, TensorType.Float32, Checked(name, shape, elements.Length), LittleEndian(elements))
    {
    }

    /// <summary>A tensor of double-precision numbers.</summary>
    /// <param name="name">The name.</param>
    /// <param name="shape">The length of each axis, outermost first; empty for a single number.</param>
    /// <param name="elements">The elements, row-major; they are copied.</param>
    /// <exception cref="ArgumentException">The number of elements is not the product of the lengths.</exception>
    public SafetensorsTensor(string name, ReadOnlySpan<int> shape, ReadOnlySpan<double> elements)
        : this(name, TensorType.Float64, Checked(name, shape, elements.Length), LittleEndian(elements))
    {
    }

    /// <summary>A tensor of whole numbers.</summary>
    /// <param name="name">The name.</param>
    /// <param name="shape">The length of each axis, outermost first; empty for a single number.</param>
    /// <param name="elements">The elements, row-major; they are copied.</param>
    /// <exception cref="ArgumentException">The number of elements is not the product of the lengths.</exception>
    public SafetensorsTensor(string name, ReadOnlySpan<int> shape, ReadOnlySpan<long> elements)
        : this(name, TensorType.Int64, Checked(name, shape, elements.Length), LittleEndian(elements))
    {
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>
    /// The type of the elements in the words of the format: BOOL, U8, I8, U16, I16, F16, BF16 (the upper half of single precision), U32,
    /// I32, F32, U64, I64 or F64.
    /// </summary>
    public string Type => TensorTypes.Name(ElementType);

    /// <summary>The length of each axis, outermost first; empty for a single number.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The number of elements.</summary>
    public int Count => _bytes.Length / TensorTypes.Size(ElementType);

    internal TensorType ElementType { get; }

    /// <summary>The elements as they lie in the file.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The elements in single precision: those of F32, F16 and BF16 exactly, others of floating point rounded.</summary>
    /// <exception cref="DataFormatException">The elements are whole numbers or truth values.</exception>
    public float[] ToSingle() => ElementType switch
    {
        TensorType.Float32 => Elements(4, bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        TensorType.Float16 => Elements(2, bytes => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes)),
        TensorType.BFloat16 => Elements(
            2, bytes => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16)),
        TensorType.Float64 => Elements(8, bytes => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        _ => throw WrongType("floating-point numbers (F32, F64, F16 or BF16)"),
    };

    /// <summary>The elements in double precision, exactly.</summary>
    /// <exception cref="DataFormatException">The elements are whole numbers or truth values.</exception>
    public double[] ToDouble() => ElementType == TensorType.Float64
        ? Elements(8, bytes => BinaryPrimitives.ReadDoubleLittleEndian(bytes))
        : Array.ConvertAll(ToSingle(), element => (double)element);

    /// <summary>The elements as whole numbers, exactly.</summary>
    /// <exception cref="DataFormatException">The elements are not whole numbers, or beyond the range of 64 bits with sign.</exception>
    public long[] ToInt64() => ElementType switch
    {
        TensorType.Int64 => Elements(8, bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        TensorType.UInt64 => Elements(
            8, bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes) is >= 0 and var value ? value : throw WrongType("below 2^63")),
        TensorType.Int32 => Elements(4, bytes => (long)BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        TensorType.UInt32 => Elements(4, bytes => (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
        TensorType.Int16 => Elements(2, bytes => (long)BinaryPrimitives.ReadInt16LittleEndian(bytes)),
        TensorType.UInt16 => Elements(2, bytes => (long)BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
        TensorType.Int8 => Elements(1, bytes => (long)(sbyte)bytes[0]),
        TensorType.UInt8 => Elements(1, bytes => (long)bytes[0]),
        _ => throw WrongType("whole numbers"),
    };

    private static int[] Checked(string name, ReadOnlySpan<int> shape, int elements)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        long count = 1;
        foreach (int length in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(shape));
            count = checked(count * length);
        }

        return count == elements
            ? shape.ToArray()
            : throw new ArgumentException($"The shape of '{name}' has {count} elements, but {elements} are given.", nameof(elements));
    }

    private static byte[] LittleEndian<T>(ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        byte[] bytes = MemoryMarshal.AsBytes(elements).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            int size = elements.IsEmpty ? 1 : bytes.Length / elements.Length;
            for (int start = 0; start < bytes.Length; start += size)
            {
                bytes.AsSpan(start, size).Reverse();
            }
        }

        return bytes;
    }

    private T[] Elements<T>(int size, ElementReader<T> read)
    {
        var elements = new T[Count];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = read(_bytes.AsSpan(i * size, size));
        }

        return elements;
    }

    private DataFormatException WrongType(string right) =>
        new($"The tensor {Quoted.Name(Name)} holds {Type}; its elements should be {right}.");

    private delegate T ElementReader<T>(ReadOnlySpan<byte> bytes);
}
