using System.CommandLine;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Requests;
using Retrodict.Comparison;

namespace Retrodict.Cli.Options;

/// <summary>What <c>solve</c> is told of a learned inverse.</summary>
internal sealed class LearnedOptions
{
    private const string PublishedForm = "published";

    private static readonly (string Name, PullBackForm Form)[] _forms =
        [("increment", PullBackForm.Increment), ("tangent", PullBackForm.Tangent), ("bayesian", PullBackForm.Bayesian)];

    private readonly Option<string> _model = ValueOption.Of(
        "--model", "MODEL", "The learned inverse, a file that 'train' or 'import' wrote; d-ipg needs it.", ValueParsers.Text);

    private readonly Option<string> _form = ValueOption.Of(
        "--form",
        "NAME",
        "The form of learned steps (default: the model's): increment, tangent, bayesian, or published, which is the method "
            + "d-ipg-published.",
        ValueParsers.OneOf([.. _forms.Select(form => (form.Name, form.Name)), (PublishedForm, PublishedForm)]));

    private readonly Option<bool> _noSafeguard = new("--no-safeguard")
    {
        Description = "d-ipg ends where learned steps do not help, where levenberg-marquardt would go on.",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<Arm> _arm = ValueOption.Of(
        "--arm",
        "physics|surrogate",
        "Which forward model solvers see: the true one (default), or the one learned in the model. Results are judged on the true one.",
        ValueParsers.OneOf(("physics", Arm.Physics), ("surrogate", Arm.Surrogate)));

    public IEnumerable<Option> All => [_model, _form, _noSafeguard, _arm];

    /// <summary>What is asked of the model.</summary>
    /// <exception cref="UsageException">There is none, but the arm needs it.</exception>
    public LearnedRequest Read(ParseResult parsed)
    {
        string? form = parsed.GetValue(_form);
        var request = new LearnedRequest
        {
            Model = parsed.GetValue(_model),
            Arm = parsed.GetValue(_arm),
            Form = form is null or PublishedForm ? null : Array.Find(_forms, known => known.Name == form).Form,
            Safeguard = !parsed.GetValue(_noSafeguard),
        };
        return request is { Arm: Arm.Surrogate, Model: null }
            ? throw new UsageException($"{_arm.Name} surrogate needs {_model.Name} MODEL, which has the learned forward model in it")
            : request;
    }

    /// <summary>A method with a learned inverse.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="name">The method.</param>
    /// <param name="problem">The problem's name.</param>
    public MethodRequest Method(ParseResult parsed, string name, string problem)
    {
        if (parsed.GetValue(_model) is null)
        {
            throw new UsageException(
                $"--solver {name} needs {_model.Name} MODEL, the file of a learned inverse; "
                + $"'retrodict train {problem} --out MODEL.safetensors' makes one");
        }

        string? form = parsed.GetValue(_form);
        bool published = form == PublishedForm || name == SolverNames.LearnedPublished;
        if (published && ((form ?? PublishedForm) != PublishedForm || parsed.GetValue(_noSafeguard)))
        {
            string option = parsed.GetValue(_noSafeguard) ? _noSafeguard.Name : _form.Name;
            throw new UsageException($"{option} does not go with {SolverNames.LearnedPublished}, which has one form and no safeguard");
        }

        return new MethodRequest(published ? SolverNames.LearnedPublished : SolverNames.Learned, null);
    }

    /// <summary>Refuses settings of learned methods where there is none.</summary>
    public void RequireNone(ParseResult parsed)
    {
        string? option = parsed.GetValue(_form) is not null ? _form.Name : parsed.GetValue(_noSafeguard) ? _noSafeguard.Name : null;
        if (option is not null)
        {
            throw new UsageException($"{option} goes with --solver {SolverNames.Learned}");
        }
    }
}
