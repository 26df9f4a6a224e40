namespace Retrodict.Cli.Options;

/// <summary>Makes a value of text, or throws a <see cref="Hosting.UsageException"/> that names the option and what it accepts.</summary>
internal delegate T ValueParser<T>(string option, string text);
