using System.CommandLine;
using Retrodict.Cli.Rendering;
using Retrodict.Cli.Requests;
using Retrodict.Comparison;

namespace Retrodict.Cli.Verbs;

/// <summary>One verb of the command line: its options, what it does, and what its help page says besides.</summary>
internal abstract class Verb : Command
{
    protected Verb(Host host, string name, string description)
        : base(name, description)
    {
        Host = host;
        SetAction(parsed => Run(parsed, host.Read(parsed)));
    }

    /// <summary>Paragraphs of the help page after the options, with their titles.</summary>
    public virtual IReadOnlyList<(string Title, string Text)> Notes => [];

    /// <summary>Command lines that work as they stand.</summary>
    public virtual IReadOnlyList<string> Examples => [];

    /// <summary>The exit codes and what they mean here.</summary>
    public virtual string ExitCodes => "0 done, 1 failure, 2 wrong usage, 130 cancelled";

    protected Host Host { get; }

    protected abstract int Run(ParseResult parsed, Settings settings);

    /// <summary>Runs cases with as many threads as were asked for, and shows how far it is.</summary>
    protected IReadOnlyList<SolveRun> Run(IReadOnlyList<SolveCase> cases, Settings settings)
    {
        using ProgressLine? progress = ProgressLine.Begin(Host.Terminal, settings, cases[0].Count);
        return CaseRunner.Run(cases, new RunOptions { Threads = settings.Threads }, progress, Host.Cancellation);
    }
}
