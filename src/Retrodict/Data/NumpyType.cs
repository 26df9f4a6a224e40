using System.Diagnostics.CodeAnalysis;

namespace Retrodict.Data;

/// <summary>The element types of NumPy files that can be read and written.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "Element types are what the names are about.")]
public enum NumpyType
{
    /// <summary>IEEE 754 half precision, dtype <c>f2</c>, <see cref="Half"/> in .NET.</summary>
    Float16,

    /// <summary>IEEE 754 single precision, dtype <c>f4</c>, <see cref="float"/> in .NET.</summary>
    Float32,

    /// <summary>IEEE 754 double precision, dtype <c>f8</c>, <see cref="double"/> in .NET.</summary>
    Float64,

    /// <summary>8-bit signed integer, dtype <c>i1</c>, <see cref="sbyte"/> in .NET.</summary>
    Int8,

    /// <summary>16-bit signed integer, dtype <c>i2</c>, <see cref="short"/> in .NET.</summary>
    Int16,

    /// <summary>32-bit signed integer, dtype <c>i4</c>, <see cref="int"/> in .NET.</summary>
    Int32,

    /// <summary>64-bit signed integer, dtype <c>i8</c>, <see cref="long"/> in .NET.</summary>
    Int64,

    /// <summary>8-bit unsigned integer, dtype <c>u1</c>, <see cref="byte"/> in .NET.</summary>
    UInt8,

    /// <summary>16-bit unsigned integer, dtype <c>u2</c>, <see cref="ushort"/> in .NET.</summary>
    UInt16,

    /// <summary>32-bit unsigned integer, dtype <c>u4</c>, <see cref="uint"/> in .NET.</summary>
    UInt32,

    /// <summary>64-bit unsigned integer, dtype <c>u8</c>, <see cref="ulong"/> in .NET.</summary>
    UInt64,

    /// <summary>Truth value, dtype <c>b1</c>, <see cref="bool"/> in .NET.</summary>
    Boolean,
}
