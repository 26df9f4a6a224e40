namespace Retrodict.Data;

/// <summary>
/// A data file is not what its reader needs: damaged, of an unsupported kind, larger than the limits allow, or without the array asked for.
/// The message names the file (and the array in it), what is wrong and what would be right.
/// </summary>
/// <remarks>Derives from <see cref="IOException"/>, so that one handler covers every way in which reading a file can fail.</remarks>
public sealed class DataFormatException : IOException
{
    /// <summary>Makes an exception with a general message.</summary>
    public DataFormatException()
        : base("The file is not in the expected format.")
    {
    }

    /// <summary>Makes an exception with a message that names the file and what is wrong with it.</summary>
    /// <param name="message">The file, what is wrong, what would be right.</param>
    public DataFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the lower-level failure behind it.</summary>
    /// <param name="message">The file, what is wrong, what would be right.</param>
    /// <param name="innerException">What the lower level reported.</param>
    public DataFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
