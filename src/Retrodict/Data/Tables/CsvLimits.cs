namespace Retrodict.Data;

/// <summary>What a CSV file may ask of its reader; a file that asks for more is refused.</summary>
public sealed record CsvLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static CsvLimits Default { get; } = new();

    /// <summary>The most characters of a file. Default 2^27, about 134 million.</summary>
    public int MaxCharacters { get; init; } = 1 << 27;

    /// <summary>The most characters of a field. Default 65,536.</summary>
    public int MaxFieldCharacters { get; init; } = 1 << 16;

    /// <summary>The most columns. Default 4096.</summary>
    public int MaxColumns { get; init; } = 4096;
}
