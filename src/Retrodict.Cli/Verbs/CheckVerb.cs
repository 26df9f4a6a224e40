using System.CommandLine;
using Retrodict.Catalogue;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Options;
using Retrodict.Cli.Rendering;
using Retrodict.Cli.Requests;

namespace Retrodict.Cli.Verbs;

/// <summary><c>check NAME</c>.</summary>
internal sealed class CheckVerb : Verb
{
    private readonly Argument<BenchmarkProblem> _problem = ProblemArgument.Create();

    public CheckVerb(Host host)
        : base(host, "check", "Checks a forward model: derivatives, adjoint, single precision, finite values.") => Add(_problem);

    public override string ExitCodes => "0 all checks passed, 1 a check failed or the work did, 2 wrong usage, 130 cancelled";

    public override IReadOnlyList<string> Examples => ["retrodict check heat-1d"];

    protected override int Run(ParseResult parsed, Settings settings)
    {
        BenchmarkProblem problem = parsed.GetRequiredValue(_problem);
        var options = new DerivativeCheckOptions { Seed = settings.Seed };
        DerivativeCheck check = DerivativeCheck.Run(problem.ToInverseProblem(), options, Host.Cancellation);
        if (settings.Json)
        {
            CheckJson.Write(Host.Terminal.Output, problem, check);
        }
        else if (!settings.Quiet)
        {
            CheckReport.Write(Page.For(Host.Terminal), problem, check, options.Points);
        }

        if (check.Passed)
        {
            return ExitCode.Done;
        }

        string failed = string.Join(", ", check.Properties.Where(property => !property.Passed).Select(property => property.Name));
        Host.Terminal.Error.WriteLine($"error: {problem.Name} fails these checks: {failed}");
        return ExitCode.Failure;
    }
}
