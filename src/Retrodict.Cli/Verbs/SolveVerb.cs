using System.CommandLine;
using System.Globalization;
using Retrodict.Catalogue;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Options;
using Retrodict.Cli.Readers;
using Retrodict.Cli.Rendering;
using Retrodict.Cli.Requests;
using Retrodict.Comparison;

namespace Retrodict.Cli.Verbs;

/// <summary><c>solve NAME</c>.</summary>
internal sealed class SolveVerb : Verb
{
    private readonly SolveOptions _options = new();

    public SolveVerb(Host host)
        : base(host, "solve", "Solves instances of a problem, by default its test data, and reports how well.")
    {
        Add(_options.Problem);
        foreach (Option option in _options.All)
        {
            Add(option);
        }
    }

    public override string ExitCodes => "0 all instances converged, 1 failure, 2 wrong usage, 3 finished but not all instances converged, "
        + "130 cancelled (what is finished is saved)";

    public override IReadOnlyList<(string Title, string Text)> Notes =>
    [
        ("FILE:ARRAY", "An array in an .npz file; FILE alone for an .npy file. One row an instance."),
        ("Measures", "residual: root mean square of (F(x) - y) / y_std, judged against the problem's tolerance. discrepancy: root mean "
            + "square of (F(x) - y) / noise, about 1 where x explains the measurement, judged against 1.2. RMSE_x: root mean square of x - "
            + "truth, or of what the problem names instead. y_std comes from the prior samples pushed through F if they are given, else "
            + "from the problem's training data; with --model they are the model's."),
        ("d-ipg", "Begins at the model's estimate unless --start says otherwise, takes learned steps while they help, and goes on with "
            + "levenberg-marquardt where they do not. It also ends at discrepancy 1.05; to give other methods the same rule, add --stop "
            + "discrepancy. Several methods take turns at every instance and are compared in one table; --json then has an array runs."),
        ("Status", string.Join(", ", Names.Statuses.Select((name, code) => $"{code}={name}"))),
        ("Criterion", string.Join(", ", Names.Criteria.Select((name, code) => $"{code}={name}"))),
        ("--out", "Arrays x [instances, unknowns], status, criterion, iterations (int32), residual, discrepancy, rmse_x, microseconds "
            + "(float64), model, jvp, vjp, reverse_map, linear_solves (int64 counts), y_mean, y_std, and status_names, criterion_names: "
            + "UTF-8 bytes, a name a line, in the order of the codes."),
    ];

    public override IReadOnlyList<string> Examples =>
    [
        "retrodict solve heat-1d",
        "retrodict solve heat-1d --instances 20 --seed 11 -v",
        "retrodict solve heat-1d --solver levenberg-marquardt --loss huber",
        "retrodict solve heat-1d --model m.safetensors --solver d-ipg,l-bfgs --stop discrepancy",
        "retrodict solve heat-1d --observations data.npz:y --truth data.npz:x --out result.npz",
    ];

    protected override int Run(ParseResult parsed, Settings settings)
    {
        SolveRequest request = _options.Read(parsed, settings);
        IReadOnlyList<SolveCase> cases = CaseReader.Read(request, Host.Cancellation);
        int count = cases[0].Count;
        Host.Log(
            settings,
            $"solving {count} instances of {request.Problem.Name} with {string.Join(", ", cases.Select(each => each.Solver.Name))}");
        IReadOnlyList<SolveRun> runs = Run(cases, settings);
        if (request.Out is not null)
        {
            SolveArchive.Write(request.Out, runs[0]);
        }

        SolveStatistics[] statistics = [.. runs.Select(SolveStatistics.Of)];
        if (settings.Json)
        {
            SolveJson.Write(Host.Terminal.Output, runs, statistics);
        }

        if (settings.Verbose || !(settings.Json || settings.Quiet))
        {
            // Beside JSON the tables are no data but log.
            Page page = settings.Json ? Page.ForLog(Host.Terminal) : Page.For(Host.Terminal);
            if (settings.Verbose)
            {
                for (int i = 0; i < cases.Count; i++)
                {
                    if (cases.Count > 1)
                    {
                        page.Line(cases[i].Solver.Name, Page.Strong);
                    }

                    IterationTables.Write(page, runs[i]);
                }
            }

            if (!settings.Json && cases.Count == 1)
            {
                SolveReport.Write(page, runs[0], statistics[0], request.Out);
            }
            else if (!settings.Json)
            {
                ComparisonReport.Write(page, runs, statistics);
            }
        }

        bool cancelled = runs.Any(run => run.Cancelled);
        if (cancelled && !settings.Quiet)
        {
            // Methods take turns, so the last one tells.
            Host.Terminal.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"cancelled: {runs[^1].Results.Count(result => result.Summary.Status != SolveStatus.Cancelled)} of {count} instances were "
                    + $"finished"));
        }

        return cancelled ? ExitCode.Cancelled : runs.All(run => run.AllConverged) ? ExitCode.Done : ExitCode.NotAllConverged;
    }
}
