using System.CommandLine;
using Retrodict.Catalogue;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Rendering;
using Retrodict.Cli.Requests;

namespace Retrodict.Cli.Verbs;

/// <summary><c>problems</c>.</summary>
internal sealed class ProblemsVerb : Verb
{
    public ProblemsVerb(Host host)
        : base(host, "problems", "Lists the benchmark problems, or describes one of them.") => Add(new ProblemsShowVerb(host));

    public override IReadOnlyList<string> Examples => ["retrodict problems", "retrodict problems show heat-1d"];

    protected override int Run(ParseResult parsed, Settings settings)
    {
        if (settings.Json)
        {
            ProblemsJson.WriteList(Host.Terminal.Output, ProblemCatalogue.All);
        }
        else if (!settings.Quiet)
        {
            ProblemsReport.WriteList(Page.For(Host.Terminal), ProblemCatalogue.All);
        }

        return ExitCode.Done;
    }
}
