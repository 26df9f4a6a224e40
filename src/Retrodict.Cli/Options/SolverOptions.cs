using System.CommandLine;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Methods;
using Retrodict.Cli.Requests;
using Retrodict.Comparison;

namespace Retrodict.Cli.Options;

/// <summary>The choice of a method and its settings, which <c>solve</c> and <c>fit</c> share.</summary>
/// <param name="names">The methods there are to choose from.</param>
/// <param name="several">Whether several may be named.</param>
/// <param name="defaultSolver">What is said of the method where none is named.</param>
/// <param name="defaultIterations">What is said of the default limit on iterations.</param>
internal sealed class SolverOptions(IReadOnlyList<string> names, bool several, string defaultSolver, string defaultIterations)
{
    private readonly Option<IReadOnlyList<string>> _solver = ValueOption.Of(
        "--solver",
        several ? "NAME[,NAME...]" : "NAME",
        $"The method{(several ? ", or several to compare" : "")} (default: {defaultSolver}): {string.Join(", ", names)}.",
        several ? ValueParsers.ListOf(names) : ValueParsers.SingleOf(names));

    private readonly Option<LinearSolver?> _linearSolver = ValueOption.Of(
        "--linear-solver",
        "NAME",
        "How linear problems are solved: automatic (default), qr, cholesky, lsmr, conjugate-gradients. The last two form no matrix; the "
            + "dogleg cannot use them.",
        ValueParsers.OneOf<LinearSolver?>(
            ("automatic", LinearSolver.Automatic),
            ("qr", LinearSolver.Qr),
            ("cholesky", LinearSolver.Cholesky),
            ("lsmr", LinearSolver.Lsmr),
            ("conjugate-gradients", LinearSolver.ConjugateGradients)));

    private readonly Option<int?> _memory = ValueOption.Of(
        "--memory", "N", "Steps that l-bfgs remembers (default: 10).", ValueParsers.Count(Most.Remembered));

    private readonly Option<bool> _geodesic = new("--geodesic")
    {
        Description = "levenberg-marquardt corrects steps for the curvature of the residuals.",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<int?> _nonmonotone = ValueOption.Of(
        "--nonmonotone",
        "M",
        "How far back the objective is compared, so that it may rise between (default: 1, never; gradient-descent 10).",
        ValueParsers.Count(Most.Remembered));

    private readonly Option<string> _loss = ValueOption.Of(
        "--loss",
        "NAME",
        $"How misfits count (default: linear, plain least squares): {string.Join(", ", LossNames.All)}.",
        ValueParsers.OneOf([.. LossNames.All.Select(name => (name, name))]));

    private readonly Option<double?> _lossScale = ValueOption.Of(
        "--loss-scale",
        "C",
        "Where misfits begin to count less, in units of the noise (default: 95 % efficiency for normal noise).",
        ValueParsers.Size);

    private readonly Option<int?> _maxIterations = ValueOption.Of(
        "--max-iterations", "N", $"The most iterations (default: {defaultIterations}).", ValueParsers.Limit(Most.Steps));
    private readonly Option<int?> _maxEvaluations = ValueOption.Of(
        "--max-evaluations", "N", "The most evaluations of the model in a solve (default: no limit).", ValueParsers.Count(Most.Steps));

    private readonly Option<TimeSpan?> _timeLimit = ValueOption.Of(
        "--time-limit",
        "SECONDS",
        "The most time for a solve; what it ends is not reproducible (default: no limit).",
        ValueParsers.Seconds);

    public IEnumerable<Option> All =>
        [_solver, _linearSolver, _memory, _geodesic, _nonmonotone, _loss, _lossScale, _maxIterations, _maxEvaluations, _timeLimit];

    /// <summary>The methods with all their settings but limits. Each gets the settings that it has; one that none has is wrong
    /// usage.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="otherwise">The method where none is named.</param>
    /// <param name="precision">The element type; double when null.</param>
    /// <param name="learned">Makes a request for a method with a learned inverse; null where there is none.</param>
    public IReadOnlyList<MethodRequest> Methods(
        ParseResult parsed, string otherwise, Precision? precision, Func<string, MethodRequest>? learned = null)
    {
        IReadOnlyList<MethodRequest> methods = [.. (parsed.GetValue(_solver) ?? [otherwise]).Select(Request)];
        if (parsed.GetValue(_linearSolver) is { } linearSolver)
        {
            string option = $"{_linearSolver.Name} {parsed.GetResult(_linearSolver)!.Tokens[0].Value}";
            methods = SolverFeatures.Require(option, methods, method => SolverFeatures.LinearSolver(method, linearSolver));
        }

        if (parsed.GetValue(_memory) is { } memory)
        {
            methods = SolverFeatures.Require(_memory.Name, methods, method => SolverFeatures.Memory(method, memory));
        }

        if (parsed.GetValue(_geodesic))
        {
            methods = SolverFeatures.Require(_geodesic.Name, methods, SolverFeatures.GeodesicAcceleration);
        }

        if (parsed.GetValue(_nonmonotone) is { } steps)
        {
            methods = SolverFeatures.Require(_nonmonotone.Name, methods, method => SolverFeatures.Nonmonotone(method, steps));
        }

        return methods;

        MethodRequest Request(string name) => learned is not null && SolverNames.IsLearned(name)
            ? learned(name)
            : new MethodRequest(name, SolverNames.Create(name) with { Precision = precision ?? Precision.Float64 });
    }

    /// <summary>The most that a solve may cost besides iterations.</summary>
    public Budget Budget(ParseResult parsed) => new(parsed.GetValue(_maxEvaluations), parsed.GetValue(_timeLimit));

    /// <summary>The loss, null for plain least squares.</summary>
    public RobustLoss? Loss(ParseResult parsed, IReadOnlyList<MethodRequest> methods)
    {
        double? scale = parsed.GetValue(_lossScale);
        RobustLoss? loss = LossNames.Create(parsed.GetValue(_loss) ?? LossNames.Linear, scale);
        if (loss is not null)
        {
            SolverFeatures.RequireLoss(_loss.Name, methods);
        }

        return scale is null || loss is not null
            ? loss
            : throw new UsageException(
                $"{_lossScale.Name} goes with {_loss.Name}: {string.Join(", ", LossNames.All.Where(name => name != LossNames.Linear))}");
    }

    /// <summary>The limit on iterations, null if none was given.</summary>
    public int? MaxIterations(ParseResult parsed) => parsed.GetValue(_maxIterations);
}
