namespace Retrodict.Autodiff;

/// <summary>
/// Tensors whose shapes do not fit the operation. Thrown by the operator itself, so the stack trace names the line that wrote it.
/// </summary>
public sealed class ShapeException : ArgumentException
{
    /// <summary>An exception without a message.</summary>
    public ShapeException()
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">Which operation, which shapes, and what would fit.</param>
    public ShapeException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    /// <param name="message">Which operation, which shapes, and what would fit.</param>
    /// <param name="innerException">The cause.</param>
    public ShapeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
