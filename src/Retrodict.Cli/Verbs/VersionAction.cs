using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using Retrodict.Cli.Hosting;

namespace Retrodict.Cli.Verbs;

/// <summary><c>--version</c>.</summary>
internal sealed class VersionAction(Terminal terminal) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        string version = typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "";
        terminal.Output.WriteLine($"retrodict {version.Split('+')[0]}");
        return ExitCode.Done;
    }
}
