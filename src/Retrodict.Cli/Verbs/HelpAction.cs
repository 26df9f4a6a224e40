using System.CommandLine;
using System.CommandLine.Invocation;
using Retrodict.Cli.Hosting;

namespace Retrodict.Cli.Verbs;

/// <summary><c>--help</c>.</summary>
internal sealed class HelpAction(Terminal terminal) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        HelpPage.Write(parseResult.CommandResult.Command, terminal.Output, terminal.Width);
        return ExitCode.Done;
    }
}
