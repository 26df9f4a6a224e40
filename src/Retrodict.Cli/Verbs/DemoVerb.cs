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

/// <summary><c>demo</c>.</summary>
internal sealed class DemoVerb : Verb
{
    private const int DefaultInstances = 300;

    private static readonly string[] _classical = [SolverNames.LevenbergMarquardt, SolverNames.LBfgs, SolverNames.GaussNewton];

    private readonly Option<int?> _instances = ValueOption.Of(
        "--instances", "N", $"How many test instances to solve (default: {DefaultInstances}).", ValueParsers.Count(Most.Rows));
    private readonly Option<int?> _steps = ValueOption.Of(
        "--steps", "N", "Steps of every stage of the training (default: the problem's).", ValueParsers.Count(Most.Steps));

    public DemoVerb(Host host)
        : base(host, "demo", "Learns the inverse of heat-1d and compares D-IPG with classical methods, in half a minute.")
    {
        Add(_instances);
        Add(_steps);
    }

    public override IReadOnlyList<(string Title, string Text)> Notes =>
    [
        ("The same as", "retrodict train heat-1d --out model.safetensors, and then retrodict solve heat-1d --model model.safetensors "
            + "--stop discrepancy "
            + $"--solver {SolverNames.Learned},{string.Join(',', _classical)} --instances {DefaultInstances}. All methods see the true "
            + "forward model and stop at discrepancy 1.05; the classical ones begin at the "
            + "problem's start with its prior."),
    ];

    public override IReadOnlyList<string> Examples => ["retrodict demo", "retrodict demo --instances 50 --json"];

    protected override int Run(ParseResult parsed, Settings settings)
    {
        BenchmarkProblem problem = ProblemCatalogue.Heat1D;
        var training = new TrainRequest
        {
            Source = new TrainSource(problem, null),
            Settings = settings,
            Steps = parsed.GetValue(_steps),
            Out = null,
        };
        DeceptronModel model = TrainingDisplay.Run(
            Host.Terminal, settings, progress => ModelTraining.Train(training, progress, Host.Cancellation)).Model;
        int count = parsed.GetValue(_instances) ?? DefaultInstances;
        DataSet data = problem.Generate(Split.Test, count, settings.Seed, settings.Threads, Host.Cancellation);
        Solver[] solvers =
        [
            LearnedSolvers.Create(model, settings.Precision),
            .. _classical.Select(name => SolverNames.Create(name) with { Precision = settings.Precision ?? Precision.Float64 }),
        ];
        var differences = new CaseSettings { Model = model, Stop = StopChoice.Discrepancy };
        IReadOnlyList<SolveRun> runs = Run(CaseBuilder.Build(InstanceSet.Of(data), solvers, differences), settings);
        SolveStatistics[] statistics = [.. runs.Select(SolveStatistics.Of)];
        if (settings.Json)
        {
            SolveJson.Write(Host.Terminal.Output, runs, statistics);
        }
        else if (!settings.Quiet)
        {
            ComparisonReport.Write(Page.For(Host.Terminal), runs, statistics);
        }

        return runs.Any(run => run.Cancelled) ? ExitCode.Cancelled : ExitCode.Done;
    }
}
