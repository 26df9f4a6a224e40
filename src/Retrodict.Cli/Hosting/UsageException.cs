namespace Retrodict.Cli.Hosting;

/// <summary>The command line is wrong; the message names the option and what it accepts.</summary>
internal sealed class UsageException(string message) : Exception(message);
