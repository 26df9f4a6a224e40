namespace Retrodict.Learning;

/// <summary>What a header says of one tensor.</summary>
internal sealed record SafetensorsEntry(string Name, TensorType Type, int[] Shape, long Begin, long End);
