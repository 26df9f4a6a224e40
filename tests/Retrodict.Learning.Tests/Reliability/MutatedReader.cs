namespace Retrodict.Reliability;

/// <summary>A reader that is given damaged inputs.</summary>
/// <param name="name">What it reads.</param>
/// <param name="inputs">Inputs that it reads without complaint, from which the damaged ones are made; at least one.</param>
/// <param name="read">Reads bytes and uses what it found, as a user would.</param>
/// <param name="isDocumented">Whether an exception is one that the reader's documentation names.</param>
internal sealed class MutatedReader(string name, IReadOnlyList<byte[]> inputs, Action<byte[]> read, Func<Exception, bool> isDocumented)
{
    public string Name { get; } = name;

    public IReadOnlyList<byte[]> Inputs { get; } = inputs;

    /// <summary>Reads.</summary>
    /// <returns>The documented exception, or null where the input was taken.</returns>
    public Exception? Read(byte[] input)
    {
        try
        {
            read(input);
            return null;
        }
        catch (Exception e) when (isDocumented(e) && e.Message.Length > 0)
        {
            return e;
        }
    }
}
