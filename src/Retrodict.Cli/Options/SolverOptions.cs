using System.CommandLine;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Methods;

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
        several ? Values.ListOf(names) : Values.SingleOf(names));

    private readonly Option<LinearSolver?> _linearSolver = ValueOption.Of(
        "--linear-solver",
        "NAME",
        "How linear problems are solved: automatic (default), qr, cholesky, lsmr, conjugate-gradients. The last two form no matrix; the dogleg cannot use them.",
        Values.OneOf<LinearSolver?>(
            ("automatic", LinearSolver.Automatic),
            ("qr", LinearSolver.Qr),
            ("cholesky", LinearSolver.Cholesky),
            ("lsmr", LinearSolver.Lsmr),
            ("conjugate-gradients", LinearSolver.ConjugateGradients)));

    private readonly Option<int?> _memory = ValueOption.Of("--memory", "N", "Steps that l-bfgs remembers (default: 10).", Values.Count);

    private readonly Option<bool> _geodesic = new("--geodesic")
    {
        Description = "levenberg-marquardt corrects steps for the curvature of the residuals.",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<int?> _nonmonotone = ValueOption.Of(
        "--nonmonotone", "M", "How far back the objective is compared, so that it may rise between (default: 1, never; gradient-descent 10).", Values.Count);

    private readonly Option<string> _loss = ValueOption.Of(
        "--loss", "NAME", $"How misfits count (default: linear, plain least squares): {string.Join(", ", LossNames.All)}.", Values.OneOf([.. LossNames.All.Select(name => (name, name))]));

    private readonly Option<double?> _lossScale = ValueOption.Of(
        "--loss-scale", "C", "Where misfits begin to count less, in units of the noise (default: 95 % efficiency for normal noise).", Values.Size);

    private readonly Option<int?> _maxIterations = ValueOption.Of("--max-iterations", "N", $"The most iterations (default: {defaultIterations}).", Values.Limit);
    private readonly Option<int?> _maxEvaluations = ValueOption.Of("--max-evaluations", "N", "The most evaluations of the model in a solve (default: no limit).", Values.Count);

    private readonly Option<TimeSpan?> _timeLimit = ValueOption.Of(
        "--time-limit", "SECONDS", "The most time for a solve; what it ends is not reproducible (default: no limit).", Values.Seconds);

    public IEnumerable<Option> All => [_solver, _linearSolver, _memory, _geodesic, _nonmonotone, _loss, _lossScale, _maxIterations, _maxEvaluations, _timeLimit];

    /// <summary>The methods with all their settings but the limit on iterations. Each gets the settings that it has; one that none has is wrong usage.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="otherwise">The method where none is named.</param>
    /// <param name="create">Makes a method from its name.</param>
    public IReadOnlyList<Solver> Solvers(ParseResult parsed, string otherwise, Func<string, Solver> create)
    {
        IReadOnlyList<Solver> solvers = [.. (parsed.GetValue(_solver) ?? [otherwise]).Select(create)];
        if (parsed.GetValue(_linearSolver) is { } linearSolver)
        {
            string option = $"{_linearSolver.Name} {parsed.GetResult(_linearSolver)!.Tokens[0].Value}";
            solvers = SolverFeatures.Require(option, solvers, method => SolverFeatures.LinearSolver(method, linearSolver));
        }

        if (parsed.GetValue(_memory) is { } memory)
        {
            solvers = SolverFeatures.Require(_memory.Name, solvers, method => SolverFeatures.Memory(method, memory));
        }

        if (parsed.GetValue(_geodesic))
        {
            solvers = SolverFeatures.Require(_geodesic.Name, solvers, SolverFeatures.GeodesicAcceleration);
        }

        if (parsed.GetValue(_nonmonotone) is { } steps)
        {
            solvers = SolverFeatures.Require(_nonmonotone.Name, solvers, method => SolverFeatures.Nonmonotone(method, steps));
        }

        return
        [
            .. solvers.Select(solver => solver with
            {
                Stopping = solver.Stopping with { MaxEvaluations = parsed.GetValue(_maxEvaluations), TimeLimit = parsed.GetValue(_timeLimit) },
            }),
        ];
    }

    /// <summary>The loss, null for plain least squares.</summary>
    public RobustLoss? Loss(ParseResult parsed, IReadOnlyList<Solver> solvers)
    {
        double? scale = parsed.GetValue(_lossScale);
        RobustLoss? loss = LossNames.Create(parsed.GetValue(_loss) ?? LossNames.Linear, scale);
        if (loss is not null)
        {
            foreach (Solver solver in solvers)
            {
                SolverFeatures.Require(_loss.Name, [solver], SolverFeatures.Loss);
            }
        }

        return scale is null || loss is not null
            ? loss
            : throw new UsageException($"{_lossScale.Name} goes with {_loss.Name}: {string.Join(", ", LossNames.All.Where(name => name != LossNames.Linear))}");
    }

    /// <summary>The limit on iterations, null if none was given.</summary>
    public int? MaxIterations(ParseResult parsed) => parsed.GetValue(_maxIterations);
}
