namespace Retrodict.Data;

/// <summary>
/// What a NumPy file may ask of its reader. A file that asks for more is refused before the memory is taken; within the limits memory is
/// taken as the data arrives, so what a header merely claims costs nothing; what a compressed file really unpacks to is bounded by
/// <see cref="MaxBytes"/>.
/// </summary>
public sealed record NumpyLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static NumpyLimits Default { get; } = new();

    /// <summary>The most bytes the header of an array may take. Default 64 KiB; NumPy's own headers take 118.</summary>
    public int MaxHeaderBytes { get; init; } = 64 << 10;

    /// <summary>The most axes an array may have. Default 32, as in NumPy before version 2.</summary>
    public int MaxDimensions { get; init; } = 32;

    /// <summary>The most bytes the elements of one array may take. Default 2 GiB. Whatever it says, no array has more than
    /// <see cref="Array.MaxLength"/> elements.</summary>
    public long MaxBytes { get; init; } = 2L << 30;
}
