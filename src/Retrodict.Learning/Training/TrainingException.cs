namespace Retrodict.Learning;

/// <summary>A training found no finite parameters.</summary>
public sealed class TrainingException : Exception
{
    /// <summary>An exception without a message.</summary>
    public TrainingException()
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">What went wrong and where.</param>
    public TrainingException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    /// <param name="message">What went wrong and where.</param>
    /// <param name="innerException">The cause.</param>
    public TrainingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
