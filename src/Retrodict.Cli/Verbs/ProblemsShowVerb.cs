using System.CommandLine;
using Retrodict.Catalogue;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Options;
using Retrodict.Cli.Rendering;
using Retrodict.Cli.Requests;

namespace Retrodict.Cli.Verbs;

/// <summary><c>problems show NAME</c>.</summary>
internal sealed class ProblemsShowVerb : Verb
{
    private readonly Argument<BenchmarkProblem> _problem = ProblemArgument.Create();

    public ProblemsShowVerb(Host host)
        : base(host, "show", "Describes a problem: sizes, bounds, noise, data and their statistics.") => Add(_problem);

    public override IReadOnlyList<string> Examples => ["retrodict problems show heat-1d", "retrodict problems show heat-1d --json"];

    protected override int Run(ParseResult parsed, Settings settings)
    {
        BenchmarkProblem problem = parsed.GetRequiredValue(_problem);
        if (settings.Json)
        {
            ProblemsJson.WriteOne(Host.Terminal.Output, problem);
        }
        else if (!settings.Quiet)
        {
            ProblemsReport.WriteOne(Page.For(Host.Terminal), problem);
        }

        return ExitCode.Done;
    }
}
