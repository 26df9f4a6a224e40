namespace Retrodict.Data;

/// <summary>Whether a table begins with a line that names its columns.</summary>
public enum CsvHeader
{
    /// <summary>It does: the first line that is neither blank nor a comment, or, if numbers stand there, the last comment above them if it
    /// has as many fields.</summary>
    Required,

    /// <summary>It does not: the first line is data. The columns are called <see cref="CsvOptions.Names"/>, or c1, c2 and so on.</summary>
    Absent,

    /// <summary>It does unless the first line holds numbers alone.</summary>
    Optional,
}
