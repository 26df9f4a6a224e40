namespace Retrodict.Cli.Hosting;

/// <summary>A file cannot be read, written or used; the message names the option and the file.</summary>
internal sealed class InputException(string message, Exception? inner = null) : Exception(message, inner);
