using System.CommandLine;
using Retrodict.Catalogue;
using Retrodict.Cli.Deceptron;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Options;
using Retrodict.Cli.Rendering;
using Retrodict.Cli.Requests;
using Retrodict.Comparison;
using Retrodict.Learning;

namespace Retrodict.Cli.Verbs;

/// <summary><c>import FILE.npz</c>.</summary>
internal sealed class ImportVerb : Verb
{
    private readonly Argument<string> _file =
        new("FILE.npz") { Description = "The weights, an array a parameter.", Arity = ArgumentArity.ExactlyOne };

    private readonly Option<string> _architecture = ValueOption.Of(
        "--architecture",
        "NAME",
        "What the weights are of: mlp or residual-conv-3d.",
        ValueParsers.OneOf(
            [.. new[] { ImportedArchitectures.Mlp, ImportedArchitectures.ResidualConvolution }.Select(name => (name, name))]));

    private readonly Option<string> _prefix = ValueOption.Of(
        "--prefix", "TEXT", "What stands in front of the names of arrays, such as 'plus.' (default: nothing).", ValueParsers.Text);

    private readonly Option<BenchmarkProblem> _problem = ValueOption.Of(
        "--problem", "NAME", "The problem that the model belongs to (default: any with its shapes).", ValueParsers.Problem);

    private readonly Option<string> _out = ValueOption.Of("--out", "MODEL.safetensors", "The file to write.", ValueParsers.OutputModel);

    public ImportVerb(Host host)
        : base(host, "import", "Makes a model of weights that were trained elsewhere.")
    {
        _architecture.Required = true;
        _out.Required = true;
        Add(_file);
        Add(_architecture);
        Add(_out);
        Add(_prefix);
        Add(_problem);
    }

    public override IReadOnlyList<(string Title, string Text)> Notes =>
    [
        ("FILE.npz", "Arrays reverse_map.network.0.weight [hidden, m], .bias, reverse_map.network.2.weight [n, hidden], .bias for mlp; "
            + "reverse_map.entry.weight, block1.conv1.weight, ..., exit.bias for residual-conv-3d; forward_map.linear.weight and so on "
            + "where there is a forward map; y_mean and y_std [m], without which observations are taken as standardized."),
    ];

    public override IReadOnlyList<string> Examples =>
        ["retrodict import weights.npz --architecture mlp --problem heat-1d --out model.safetensors"];

    protected override int Run(ParseResult parsed, Settings settings)
    {
        string path = parsed.GetRequiredValue(_out);
        BenchmarkProblem? problem = parsed.GetValue(_problem);
        DeceptronModel model = WeightImport.Read(
            parsed.GetRequiredValue(_file), parsed.GetRequiredValue(_architecture), parsed.GetValue(_prefix) ?? "", problem);
        model.Save(path);
        ModelAssessment? assessment = problem is null
            ? null
            : ModelAssessor.Assess(model, problem, settings.Seed, settings.Threads, Host.Cancellation);
        if (settings.Json)
        {
            ModelJson.WriteInspected(Host.Terminal.Output, path, model, null, assessment);
        }
        else if (!settings.Quiet)
        {
            var page = Page.For(Host.Terminal);
            ModelReport.Write(page, model, null);
            page.Line();
            if (assessment is not null)
            {
                ModelReport.WriteAssessment(page, problem, assessment);
                page.Line();
            }

            page.Line($"written: {path}");
        }

        return ExitCode.Done;
    }
}
