using System.CommandLine;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Options;
using Retrodict.Cli.Requests;

namespace Retrodict.Cli.Verbs;

/// <summary>What every verb is given besides its own options.</summary>
internal sealed record Host(Terminal Terminal, CancellationToken Cancellation)
{
    public SharedOptions Shared { get; } = new();

    /// <summary>Writes a line of log, with <c>-v</c>.</summary>
    public void Log(Settings settings, string line)
    {
        if (settings.Verbose)
        {
            Terminal.Error.WriteLine(line);
            Terminal.Error.Flush();
        }
    }

    public Settings Read(ParseResult parsed) => Shared.Read(parsed);
}
