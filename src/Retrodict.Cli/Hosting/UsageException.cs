namespace Retrodict.Cli.Hosting;

/// <summary>The command line is wrong; the message names the option and what it accepts.</summary>
internal sealed class UsageException(string message) : Exception(message)
{
    /// <summary>Lines to show below the message.</summary>
    public string? Detail { get; init; }
}
