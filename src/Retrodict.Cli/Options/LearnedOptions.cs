using System.CommandLine;
using Retrodict.Catalogue;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Methods;
using Retrodict.Cli.Readers;
using Retrodict.Cli.Requests;
using Retrodict.Cli.Solving;
using Retrodict.Learning;

namespace Retrodict.Cli.Options;

/// <summary>What <c>solve</c> is told of a learned inverse.</summary>
internal sealed class LearnedOptions
{
    private const string PublishedForm = "published";

    private static readonly (string Name, PullBackForm Form)[] _forms =
        [("increment", PullBackForm.Increment), ("tangent", PullBackForm.Tangent), ("bayesian", PullBackForm.Bayesian)];

    private readonly Option<string> _model = ValueOption.Of("--model", "MODEL", "The learned inverse, a file that 'train' or 'import' wrote; d-ipg needs it.", Values.Text);

    private readonly Option<string> _form = ValueOption.Of(
        "--form",
        "NAME",
        "The form of learned steps (default: the model's): increment, tangent, bayesian, or published, which is the method d-ipg-published.",
        Values.OneOf([.. _forms.Select(form => (form.Name, form.Name)), (PublishedForm, PublishedForm)]));

    private readonly Option<bool> _noSafeguard = new("--no-safeguard")
    {
        Description = "d-ipg ends where learned steps do not help, where levenberg-marquardt would go on.",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<Arm> _arm = ValueOption.Of(
        "--arm",
        "physics|surrogate",
        "Which forward model solvers see: the true one (default), or the one learned in the model. Results are judged on the true one.",
        Values.OneOf(("physics", Arm.Physics), ("surrogate", Arm.Surrogate)));

    public IEnumerable<Option> All => [_model, _form, _noSafeguard, _arm];

    /// <summary>The model, null where none is given.</summary>
    /// <exception cref="UsageException">It was trained for another problem, or has not what the arm needs.</exception>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public DeceptronModel? Model(ParseResult parsed, BenchmarkProblem problem)
    {
        DeceptronModel? model = parsed.GetValue(_model) is { } path ? ModelSource.Load(_model.Name, path, problem) : null;
        return (ChosenArm(parsed), model) switch
        {
            (Arm.Surrogate, null) => throw new UsageException($"{_arm.Name} surrogate needs {_model.Name} MODEL, which has the learned forward model in it"),
            (Arm.Surrogate, { ForwardParameters: null }) => throw new UsageException(
                $"{_arm.Name} surrogate needs a learned forward model, but '{parsed.GetValue(_model)}' was trained on the true one and has none; 'train --mode surrogate' learns both"),
            _ => model,
        };
    }

    public Arm ChosenArm(ParseResult parsed) => parsed.GetValue(_arm);

    /// <summary>A method with a learned inverse.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="name">The method.</param>
    /// <param name="model">The model.</param>
    /// <param name="request">What is asked for besides.</param>
    public Solver Create(ParseResult parsed, string name, DeceptronModel? model, SolveRequest request)
    {
        if (model is null)
        {
            throw new UsageException($"--solver {name} needs {_model.Name} MODEL, the file of a learned inverse; 'retrodict train {request.Problem.Name} --out MODEL.safetensors' makes one");
        }

        string? form = parsed.GetValue(_form);
        bool published = form == PublishedForm || name == SolverNames.LearnedPublished;
        if (published && ((form ?? PublishedForm) != PublishedForm || parsed.GetValue(_noSafeguard)))
        {
            throw new UsageException($"{(parsed.GetValue(_noSafeguard) ? _noSafeguard.Name : _form.Name)} does not go with {SolverNames.LearnedPublished}, which has one form and no safeguard");
        }

        PullBackForm? chosen = form is null || published ? null : Array.Find(_forms, known => known.Name == form).Form;
        if (!published && request.WithoutPrior && (chosen ?? model.Form) == PullBackForm.Bayesian)
        {
            throw new UsageException($"{_form.Name} bayesian needs a prior; leave out --prior none");
        }

        return LearnedSolvers.Create(model, published, chosen, !parsed.GetValue(_noSafeguard), request);
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
