using System.CommandLine;
using Retrodict.Cli.Deceptron;
using Retrodict.Cli.Requests;
using Retrodict.Learning;

namespace Retrodict.Cli.Options;

/// <summary>The options of <c>train</c>.</summary>
internal sealed class TrainOptions
{
    private readonly Argument<TrainSource> _source = TrainSourceArgument.Create();

    private readonly Option<TrainMode?> _mode = ValueOption.Of<TrainMode?>(
        "--mode",
        "physics|surrogate",
        "physics (default): the inverse of the problem's own forward model, on samples that are never seen twice. surrogate (default for "
            + "data:FILE.npz): a forward model and its inverse, from data alone.",
        ValueParsers.OneOf<TrainMode?>(("physics", TrainMode.Physics), ("surrogate", TrainMode.Surrogate)));

    private readonly Option<string> _architecture = ValueOption.Of(
        "--architecture",
        "NAME",
        $"How the networks are built (default: the problem's): {string.Join(", ", ArchitectureNames.All)}.",
        ValueParsers.OneOf([.. ArchitectureNames.All.Select(name => (name, name))]));

    private readonly Option<JacobianPenalty?> _penalty = ValueOption.Of<JacobianPenalty?>(
        "--penalty",
        "bayesian|plain|none",
        "How the inverse's Jacobian is trained (default: the problem's): bayesian, a second head for the gain; plain, the composition "
            + "penalty; none.",
        ValueParsers.OneOf<JacobianPenalty?>(
            ("bayesian", JacobianPenalty.Bayesian),
            ("plain", JacobianPenalty.Plain),
            ("none", JacobianPenalty.None)));

    private readonly Option<int?> _steps = ValueOption.Of(
        "--steps", "N", "Steps of every stage, in surrogate mode epochs (default: the problem's).", ValueParsers.Count(Most.Steps));

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Goes on from the checkpoint that a cancelled or killed training with the same options left beside the model.",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<string> _out = ValueOption.Of("--out", "MODEL.safetensors", "The file to write.", ValueParsers.OutputModel);

    public TrainOptions() => _out.Required = true;

    public Argument<TrainSource> Source => _source;

    public IEnumerable<Option> All => [_out, _mode, _architecture, _penalty, _steps, _resume];

    public TrainRequest Read(ParseResult parsed, Settings settings)
    {
        TrainSource source = parsed.GetRequiredValue(_source);
        return new TrainRequest
        {
            Source = source,
            Settings = settings,
            Mode = parsed.GetValue(_mode) ?? (source.Problem is null ? TrainMode.Surrogate : TrainMode.Physics),
            Architecture = parsed.GetValue(_architecture),
            Penalty = parsed.GetValue(_penalty),
            Steps = parsed.GetValue(_steps),
            Resume = parsed.GetValue(_resume),
            Out = parsed.GetRequiredValue(_out),
        };
    }
}
