namespace Retrodict.Learning;

/// <summary>What a safetensors file may ask of its reader. A file that asks for more is refused before the memory is taken.</summary>
public sealed record SafetensorsLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static SafetensorsLimits Default { get; } = new();

    /// <summary>The most bytes the header may take. Default 16 MiB; a tensor takes about a hundred.</summary>
    public int MaxHeaderBytes { get; init; } = 16 << 20;

    /// <summary>The most axes a tensor may have. Default 32.</summary>
    public int MaxDimensions { get; init; } = 32;

    /// <summary>
    /// The most bytes all tensors together may take. Default 4 GiB. Whatever it says, no tensor takes more than
    /// <see cref="Array.MaxLength"/> bytes.
    /// </summary>
    public long MaxBytes { get; init; } = 4L << 30;
}
