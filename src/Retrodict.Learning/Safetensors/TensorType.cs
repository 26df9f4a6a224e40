namespace Retrodict.Learning;

/// <summary>The element types of a safetensors file that are read and written.</summary>
internal enum TensorType
{
    /// <summary>BOOL: a byte, 0 or 1.</summary>
    Boolean,

    /// <summary>U8.</summary>
    UInt8,

    /// <summary>I8.</summary>
    Int8,

    /// <summary>U16.</summary>
    UInt16,

    /// <summary>I16.</summary>
    Int16,

    /// <summary>F16: half precision.</summary>
    Float16,

    /// <summary>BF16: the upper half of single precision.</summary>
    BFloat16,

    /// <summary>U32.</summary>
    UInt32,

    /// <summary>I32.</summary>
    Int32,

    /// <summary>F32: single precision.</summary>
    Float32,

    /// <summary>U64.</summary>
    UInt64,

    /// <summary>I64.</summary>
    Int64,

    /// <summary>F64: double precision.</summary>
    Float64,
}
