using System.Numerics;

namespace Retrodict.Data;

/// <summary>An operation on values of one element type, chosen at run time by <see cref="NumpyTypes.Dispatch"/>.</summary>
internal interface INumpyVisitor<TResult>
{
    /// <summary>Runs the operation for the storage type <typeparamref name="T"/>; truth values are stored as bytes that are 0 or
    /// 1.</summary>
    TResult Visit<T>()
        where T : unmanaged, INumber<T>;
}

/// <summary>What there is to know about each <see cref="NumpyType"/>: its dtype code, its size, its .NET type.</summary>
internal static class NumpyTypes
{
    private static readonly (NumpyType Type, string Code, int Size, Type Clr)[] _table =
    [
        (NumpyType.Float16, "f2", 2, typeof(Half)),
        (NumpyType.Float32, "f4", 4, typeof(float)),
        (NumpyType.Float64, "f8", 8, typeof(double)),
        (NumpyType.Int8, "i1", 1, typeof(sbyte)),
        (NumpyType.Int16, "i2", 2, typeof(short)),
        (NumpyType.Int32, "i4", 4, typeof(int)),
        (NumpyType.Int64, "i8", 8, typeof(long)),
        (NumpyType.UInt8, "u1", 1, typeof(byte)),
        (NumpyType.UInt16, "u2", 2, typeof(ushort)),
        (NumpyType.UInt32, "u4", 4, typeof(uint)),
        (NumpyType.UInt64, "u8", 8, typeof(ulong)),
        (NumpyType.Boolean, "b1", 1, typeof(bool)),
    ];

    /// <summary>The bytes one element takes.</summary>
    public static int Size(NumpyType type) => _table[(int)type].Size;

    /// <summary>The dtype string of an element type in this machine's byte order, such as <c>&lt;f8</c>.</summary>
    public static string NativeDescriptor(NumpyType type)
    {
        (_, string code, int size, _) = _table[(int)type];
        char order = size == 1 ? '|' : BitConverter.IsLittleEndian ? '<' : '>';
        return order + code;
    }

    /// <summary>Reads a dtype string; false for every type that is not in <see cref="NumpyType"/> or names no byte order.</summary>
    public static bool TryParse(string descriptor, out NumpyType type, out bool bigEndian)
    {
        type = default;
        bigEndian = false;
        if (descriptor.Length != 3 || descriptor[0] is not ('<' or '>' or '|'))
        {
            return false;
        }

        foreach ((NumpyType candidate, string code, int size, _) in _table)
        {
            if (descriptor.AsSpan(1).SequenceEqual(code) && (size == 1 || descriptor[0] != '|'))
            {
                type = candidate;
                bigEndian = size > 1 && descriptor[0] == '>';
                return true;
            }
        }

        return false;
    }

    /// <summary>The element type that holds values of <typeparamref name="T"/>, or null where there is none.</summary>
    public static NumpyType? Of<T>()
    {
        foreach ((NumpyType type, _, _, Type clr) in _table)
        {
            if (clr == typeof(T))
            {
                return type;
            }
        }

        return null;
    }

    /// <summary>Runs a generic operation for the storage type of <paramref name="type"/>.</summary>
    public static TResult Dispatch<TVisitor, TResult>(NumpyType type, TVisitor visitor)
        where TVisitor : INumpyVisitor<TResult>, allows ref struct
        => type switch
        {
            NumpyType.Float16 => visitor.Visit<Half>(),
            NumpyType.Float32 => visitor.Visit<float>(),
            NumpyType.Float64 => visitor.Visit<double>(),
            NumpyType.Int8 => visitor.Visit<sbyte>(),
            NumpyType.Int16 => visitor.Visit<short>(),
            NumpyType.Int32 => visitor.Visit<int>(),
            NumpyType.Int64 => visitor.Visit<long>(),
            NumpyType.UInt8 or NumpyType.Boolean => visitor.Visit<byte>(),
            NumpyType.UInt16 => visitor.Visit<ushort>(),
            NumpyType.UInt32 => visitor.Visit<uint>(),
            NumpyType.UInt64 => visitor.Visit<ulong>(),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type."),
        };
}
