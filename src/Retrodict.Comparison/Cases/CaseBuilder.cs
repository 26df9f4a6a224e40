using Retrodict.Catalogue;

namespace Retrodict.Comparison;

/// <summary>From instances, methods and settings to cases: fills in the problem's own settings.</summary>
public static class CaseBuilder
{
    /// <summary>A case for every method, all with the same instances, start and objective.</summary>
    /// <param name="instances">The instances.</param>
    /// <param name="solvers">The methods, at least one.</param>
    /// <param name="settings">What differs from the problem's own settings; null for nothing.</param>
    /// <param name="threads">How many threads push prior samples through F, all when null; the cases do not depend on it.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ArgumentException">The settings do not suit the problem, the instances or a method.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IReadOnlyList<SolveCase> Build(
        InstanceSet instances,
        IReadOnlyList<Solver> solvers,
        CaseSettings? settings = null,
        int? threads = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(instances);
        ArgumentNullException.ThrowIfNull(solvers);
        settings ??= new CaseSettings();
        if (settings.Count is { } count && (count < 1 || count > instances.Count))
        {
            throw new ArgumentException($"{count} instances are asked for, but there are {instances.Count}.", nameof(settings));
        }

        BenchmarkProblem benchmark = instances.Problem;
        GaussianPrior prior = settings.PriorSamples is { } samples
            ? GaussianPrior.FromSamples(samples.Values, samples.Length)
            : benchmark.Prior;
        ObservationMoments moments = Moments(benchmark, settings, threads, cancellation);
        InverseProblem problem = ProblemOf(benchmark, settings, prior, moments);
        RowTable starts = Starts(instances, settings, problem, prior);
        return
        [
            .. solvers.Select(solver => new SolveCase
            {
                Instances = instances,
                Problem = problem,
                Solver = solver with { Stopping = CaseStopping.Of(solver, benchmark, settings) },
                Count = settings.Count ?? instances.Count,
                Starts = starts,
                Moments = moments,
                Tolerance = settings.Tolerance ?? benchmark.Tolerance,
            }),
        ];
    }

    private static InverseProblem ProblemOf(
        BenchmarkProblem benchmark, CaseSettings settings, GaussianPrior prior, ObservationMoments moments)
    {
        if (settings is { Arm: Arm.Surrogate, Model: null })
        {
            throw new ArgumentException("The surrogate arm needs a model, which has the learned forward model in it.", nameof(settings));
        }

        return new InverseProblem(settings.Arm == Arm.Surrogate ? settings.Model!.ForwardFunction : benchmark.Forward)
        {
            Noise = benchmark.Noise,
            Bounds = settings.Bounds ?? benchmark.Bounds,
            ObservationScale = Scale.PerComponent(moments.Deviation),
            Prior = settings.HasPrior ? prior : null,
            Loss = settings.Loss,
        };
    }

    private static ObservationMoments Moments(
        BenchmarkProblem benchmark, CaseSettings settings, int? threads, CancellationToken cancellation) => settings switch
    {
        { Model: { } model } => ObservationMoments.Of(model),
        { PriorSamples: { } samples } => ObservationMoments.Pushed(benchmark.Forward, samples, threads, cancellation),
        _ => ObservationMoments.Of(benchmark),
    };

    private static RowTable Starts(InstanceSet instances, CaseSettings settings, InverseProblem problem, GaussianPrior prior)
    {
        int n = problem.Unknowns;
        if (settings.Starts is { } given)
        {
            return given.Length == n && (given.Count == 1 || given.Count == instances.Count)
                ? given
                : throw new ArgumentException(
                    $"There are {given.Count} starts of {given.Length} numbers; one of {n} is needed, or {instances.Count}.",
                    nameof(settings));
        }

        return new RowTable(
            settings.Start switch
            {
                StartPoint.Zeros => new double[n],
                StartPoint.PriorMean => prior.Mean.ToArray(),
                StartPoint.Middle => Middle(problem.Bounds, n),
                _ => instances.Problem.Start.ToArray(),
            },
            n);
    }

    private static double[] Middle(Box bounds, int n)
    {
        double[] middle = [.. Enumerable.Range(0, n).Select(i => (bounds.Lower(i) + bounds.Upper(i)) / 2)];
        return middle.All(double.IsFinite) ? middle : throw new ArgumentException("The bounds have no middle.", nameof(bounds));
    }
}
