using System.CommandLine;
using Retrodict.Catalogue;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Readers;
using Retrodict.Cli.Rendering;
using Retrodict.Cli.Requests;
using Retrodict.Comparison;
using Retrodict.Learning;

namespace Retrodict.Cli.Verbs;

/// <summary><c>inspect MODEL</c>.</summary>
internal sealed class InspectVerb : Verb
{
    private readonly Argument<string> _model =
        new("MODEL") { Description = "A file that 'train' or 'import' wrote.", Arity = ArgumentArity.ExactlyOne };

    public InspectVerb(Host host)
        : base(host, "inspect", "Tells what a model is, and how good it is on fresh data.") => Add(_model);

    public override IReadOnlyList<(string Title, string Text)> Notes =>
    [
        ("Measures", "On instances of the problem's validation split, drawn with --seed: the estimate's RMSE_x, discrepancy and residual; "
            + "RJCP and composition error, the mean square and the spectral norm of J_g J_f - I at some estimates; and the gain's relative "
            + "error where the model has a head for it. A model of a problem that is not in the catalogue, or of another one of that name, "
            + "is only described."),
    ];

    public override IReadOnlyList<string> Examples => ["retrodict inspect model.safetensors"];

    protected override int Run(ParseResult parsed, Settings settings)
    {
        string path = parsed.GetRequiredValue(_model);
        DeceptronModel model = ModelReader.Load("MODEL", path);
        BenchmarkProblem? problem = ProblemCatalogue.All.FirstOrDefault(known => known.Name == model.Problem);
        string? mismatch = problem is null ? null : ModelReader.Mismatch(model, problem);
        ModelAssessment? assessment = problem is null || mismatch is not null
            ? null
            : ModelAssessor.Assess(model, problem, settings.Seed, settings.Threads, Host.Cancellation);
        if (settings.Json)
        {
            ModelJson.WriteInspected(Host.Terminal.Output, path, model, mismatch, assessment);
        }
        else if (!settings.Quiet)
        {
            var page = Page.For(Host.Terminal);
            ModelReport.Write(page, model, mismatch);
            if (assessment is not null)
            {
                page.Line();
                ModelReport.WriteAssessment(page, problem, assessment);
            }
        }

        return ExitCode.Done;
    }
}
