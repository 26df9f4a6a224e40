namespace Retrodict;

/// <summary>A run of an <see cref="ExternalProcess"/> failed: it could not be started, ended with an error, took too long, or gave
/// something else than the numbers that are needed. The message has the program, what happened, x, and the end of what it wrote to standard
/// error.</summary>
public sealed class ExternalProcessException : IOException
{
    /// <summary>Makes an exception with a general message.</summary>
    public ExternalProcessException()
        : base("A run of an external program failed.")
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">The program, and what happened.</param>
    public ExternalProcessException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the lower-level failure behind it.</summary>
    /// <param name="message">The program, and what happened.</param>
    /// <param name="innerException">What the lower level reported.</param>
    public ExternalProcessException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
