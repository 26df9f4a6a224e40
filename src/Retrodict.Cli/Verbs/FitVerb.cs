using System.CommandLine;
using Retrodict.Cli.Fitting;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Options;
using Retrodict.Cli.Rendering;
using Retrodict.Cli.Requests;
using Retrodict.Data;

namespace Retrodict.Cli.Verbs;

/// <summary><c>fit FILE.csv</c>.</summary>
internal sealed class FitVerb : Verb
{
    private readonly FitOptions _options = new();

    public FitVerb(Host host)
        : base(host, "fit", "Fits the parameters of a formula to columns of data: nonlinear regression.")
    {
        Add(_options.File);
        foreach (Option option in _options.All)
        {
            Add(option);
        }
    }

    public override string ExitCodes =>
        "0 converged, 1 failure, 2 wrong usage, 3 finished but no solution (not converged, not determined, or worse than a constant), 130 "
            + "cancelled (the best point so far is reported)";

    public override IReadOnlyList<(string Title, string Text)> Notes =>
    [
        ("EXPR", "Numbers, names, + - * / ^ (or **, both powers), parentheses, exp log log10 log2 log1p expm1 sqrt sin cos tan arcsin "
            + "arccos arctan sinh cosh tanh arcsinh arccosh arctanh erf erfc abs sign floor ceil min(a,b) max(a,b) pow(a,b) "
            + "if(x<c,a,b), pi, e. Powers bind tighter than signs: -x^2 is -(x^2). Names that are columns are data, all others are "
            + "parameters. A column by any name is written in quotation marks: a+b*\"Time (s)\" or a+b*`Time (s)`. Quote EXPR for the "
            + "shell."),
        (
            "FILE.csv",
            "Commas, semicolons, tabs or blanks between fields, quotation marks where needed. Lines that begin with # or % are comments; "
                + "a comment right above the numbers may be the header. Lines of text between header and numbers are units. Missing values "
                + "are blank, NA, N/A, NaN, null, None, -, . or ?. Columns that are not used may hold anything. Messages count lines as an "
                + "editor does."),
        ("Standard errors", "From the linearized model at the solution, scaled by the residual standard deviation; with --sigma they rest "
            + "on the standard deviations given and are not scaled. A parameter at a bound has none. Intervals are by Student's t, with "
            + "--sigma by the normal distribution. Those of predictions come from the parameters alone, without a new measurement's "
            + "noise."),
    ];

    public override IReadOnlyList<string> Examples =>
    [
        "retrodict fit data.csv --model \"b1*(1-exp(-b2*x))\" --start b1=500,b2=0.0001",
        "retrodict fit data.csv --model \"log(y) = a - b*x\" --start a=1,b=0.1 --bounds b=0: -v",
        "retrodict fit data.csv --model \"a*x^n\" --start a=1 --fix n=2 --sigma dy --predict new.csv",
    ];

    protected override int Run(ParseResult parsed, Settings settings)
    {
        FitOutcome outcome = FitRunner.Run(_options.Read(parsed, settings), Host.Terminal, Host.Cancellation);
        if (outcome is { Request.Out: { } file, Predictions: { } predictions })
        {
            CsvFile.Write(file, predictions.Columns, outcome.Request.Reading);
        }

        if (settings.Json)
        {
            FitJson.Write(Host.Terminal.Output, outcome);
        }

        if (settings.Verbose || !(settings.Json || settings.Quiet))
        {
            // Beside JSON the tables are no data but log.
            Page page = settings.Json ? Page.ForLog(Host.Terminal) : Page.For(Host.Terminal);
            if (settings.Verbose)
            {
                page.Write(IterationTables.TableOf(outcome.Fit.Solution.History, outcome.Fit.Problem.Parameters.Count));
                if (outcome.Fit.Solution.Summary.NonFinite is { } report)
                {
                    page.Line(IterationTables.Describe(report), Page.Bad);
                }

                page.Line();
            }

            if (!settings.Json)
            {
                FitReport.Write(page, outcome);
            }
        }

        if (!settings.Quiet && !FitOutcome.IsSolution(outcome.Fit))
        {
            foreach (string warning in FitRemarks.Warnings(outcome.Fit))
            {
                Host.Terminal.Error.WriteLine($"warning: {warning}");
            }
        }

        return outcome.Fit.Solution.Status == SolveStatus.Cancelled ? ExitCode.Cancelled
            : FitOutcome.IsSolution(outcome.Fit) ? ExitCode.Done
            : ExitCode.NotAllConverged;
    }
}
