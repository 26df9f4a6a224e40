using System.CommandLine;
using Retrodict.Catalogue;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Requests;
using Retrodict.Comparison;
using Retrodict.Learning;

namespace Retrodict.Cli.Options;

/// <summary>The options of <c>solve</c>.</summary>
internal sealed class SolveOptions
{
    private readonly Option<string> _observations = ValueOption.Of(
        "--observations",
        "FILE:ARRAY",
        "Measurements y in raw units (default: the problem's test data, drawn with --seed, truth known).",
        ValueParsers.Text);

    private readonly Option<string> _truth = ValueOption.Of(
        "--truth", "FILE:ARRAY", "The true x of those measurements, for RMSE_x (default: unknown).", ValueParsers.Text);

    private readonly Option<string> _priorSamples = ValueOption.Of(
        "--prior-samples",
        "FILE:ARRAY|none",
        "Examples of x whose mean and covariance make the prior (default: the problem's training data, shipped).",
        ValueParsers.Text);

    private readonly Option<PriorChoice> _prior = ValueOption.Of(
        "--prior",
        "gaussian|none",
        "Whether there is a prior (default: gaussian).",
        ValueParsers.OneOf(("gaussian", PriorChoice.Gaussian), ("none", PriorChoice.None)));

    private readonly Option<string> _start = ValueOption.Of(
        "--start",
        "zeros|mean|middle|FILE:ARRAY",
        "Where solvers start: zeros, the prior's mean, the middle of the bounds, or rows of a file, one for all or one each (default: the "
            + "problem's).",
        ValueParsers.Text);

    private readonly Option<int?> _instances = ValueOption.Of(
        "--instances", "N", "Solve the first N instances (default: all).", ValueParsers.Count(Most.Rows));

    private readonly SolverOptions _solver = new(
        SolverNames.All,
        several: true,
        $"{SolverNames.GaussNewton}, with --model {SolverNames.Learned}",
        "the problem's or the method's, whichever is larger");

    private readonly LearnedOptions _learned = new();

    private readonly Option<StopChoice> _stop = ValueOption.Of(
        "--stop",
        "default|tolerance|discrepancy",
        "default: a first-order optimum or no further step; tolerance: also at the residual tolerance; discrepancy: also at discrepancy "
            + "1.05. Published methods stop at the tolerance alone.",
        ValueParsers.OneOf(("default", StopChoice.Default), ("tolerance", StopChoice.Tolerance), ("discrepancy", StopChoice.Discrepancy)));

    private readonly Option<double?> _tolerance = ValueOption.Of(
        "--tolerance", "X", "The residual tolerance (default: the problem's).", ValueParsers.Threshold);
    private readonly Option<Box?> _bounds = ValueOption.Of<Box?>(
        "--bounds", "LO,HI|none", "Bounds on every unknown (default: the problem's).", ValueParsers.Bounds);
    private readonly Option<string> _out = ValueOption.Of(
        "--out", "FILE.npz", "Writes solutions and measures of all instances.", ValueParsers.OutputFile);

    public Argument<BenchmarkProblem> Problem { get; } = ProblemArgument.Create();

    public IEnumerable<Option> All =>
        [
            _observations,
            _truth,
            _priorSamples,
            _prior,
            _start,
            _instances,
            .. _solver.All,
            .. _learned.All,
            _stop,
            _tolerance,
            _bounds,
            _out,
        ];

    public SolveRequest Read(ParseResult parsed, Settings settings)
    {
        BenchmarkProblem problem = parsed.GetRequiredValue(Problem);
        LearnedRequest learned = _learned.Read(parsed);
        IReadOnlyList<MethodRequest> methods = _solver.Methods(
            parsed,
            learned.Model is null ? SolverNames.GaussNewton : SolverNames.Learned,
            settings.Precision,
            name => _learned.Method(parsed, name, problem.Name));
        if (!methods.Any(method => SolverNames.IsLearned(method.Name)))
        {
            _learned.RequireNone(parsed);
        }

        string? samples = parsed.GetValue(_priorSamples);
        var request = new SolveRequest
        {
            Problem = problem,
            Settings = settings,
            Methods = methods,
            Budget = _solver.Budget(parsed),
            Learned = learned,
            Observations = parsed.GetValue(_observations),
            Truth = parsed.GetValue(_truth),
            PriorSamples = samples == "none" ? null : samples,
            WithoutPrior = samples == "none" || parsed.GetValue(_prior) == PriorChoice.None,
            Start = parsed.GetValue(_start),
            Instances = parsed.GetValue(_instances),
            Loss = _solver.Loss(parsed, methods),
            Stop = parsed.GetValue(_stop),
            Tolerance = parsed.GetValue(_tolerance),
            MaxIterations = _solver.MaxIterations(parsed),
            Bounds = parsed.GetValue(_bounds),
            Out = parsed.GetValue(_out),
        };
        return methods.Count > 1 && request.Out is not null
            ? throw new UsageException($"{_out.Name} holds the results of one method; name one with --solver")
            : request;
    }
}
