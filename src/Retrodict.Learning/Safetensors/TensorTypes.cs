namespace Retrodict.Learning;

/// <summary>Names and sizes of element types in safetensors files.</summary>
internal static class TensorTypes
{
    private static readonly string[] _names = ["BOOL", "U8", "I8", "U16", "I16", "F16", "BF16", "U32", "I32", "F32", "U64", "I64", "F64"];

    public static string Known => string.Join(", ", _names);

    public static string Name(TensorType type) => _names[(int)type];

    public static int Size(TensorType type) => type switch
    {
        <= TensorType.Int8 => 1,
        <= TensorType.BFloat16 => 2,
        <= TensorType.Float32 => 4,
        _ => 8,
    };

    public static bool TryParse(string name, out TensorType type)
    {
        int index = Array.IndexOf(_names, name);
        type = (TensorType)index;
        return index >= 0;
    }
}
