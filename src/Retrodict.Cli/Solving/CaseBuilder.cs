using System.Globalization;
using Retrodict.Autodiff;
using Retrodict.Catalogue;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Readers;
using Retrodict.Cli.Requests;

namespace Retrodict.Cli.Solving;

/// <summary>From what was asked for to what is solved: loads files, draws data, fills in the problem's own settings.</summary>
internal static class CaseBuilder
{
    /// <summary>A case for every method, all with the same instances.</summary>
    public static IReadOnlyList<SolveCase> Build(SolveRequest request, CancellationToken cancellation)
    {
        BenchmarkProblem benchmark = request.Problem;
        int n = benchmark.Unknowns;
        (Rows observations, Rows? truth) = request.Observations is { } address
            ? FromFiles(request, address)
            : Drawn(request, cancellation);
        Rows? samples = request.PriorSamples is { } source ? Rows.Load("--prior-samples", source, n, $"a prior on the unknown of {benchmark.Name}") : null;
        GaussianPrior prior = samples is null ? benchmark.Prior : PriorOf(samples);
        ObservationMoments moments = request.Model is { } model ? new ObservationMoments([.. model.ObservationMean], [.. model.ObservationDeviation])
            : samples is null
            ? ObservationMoments.Shipped(benchmark)
            : ObservationMoments.Pushed(benchmark.Forward, samples, request.Settings.Threads, cancellation);
        double tolerance = request.Tolerance ?? benchmark.Tolerance;
        Function forward = request.Arm == Arm.Surrogate ? request.Model!.ForwardFunction : benchmark.Forward;
        var problem = new InverseProblem(forward)
        {
            Noise = benchmark.Noise,
            Bounds = request.Bounds ?? benchmark.Bounds,
            ObservationScale = Scale.PerComponent(moments.Deviation),
            Prior = request.WithoutPrior ? null : prior,
            Loss = request.Loss,
        };
        var first = new SolveCase
        {
            Benchmark = benchmark,
            Problem = problem,
            Solver = WithStopping(request.Solvers[0]),
            Count = Count(request, observations.Count),
            Observations = observations,
            Starts = Starts(request, problem, prior, observations.Count),
            Truth = truth,
            Moments = moments,
            Tolerance = tolerance,
        };
        return [first, .. request.Solvers.Skip(1).Select(solver => first with { Solver = WithStopping(solver) })];

        Solver WithStopping(Solver solver) => solver with { Stopping = Stopping(request, solver, tolerance) };
    }

    /// <summary>The method's own rule, with what was asked for. Published methods stop at the tolerance alone, at the problem's limit on iterations.</summary>
    private static StoppingRule Stopping(SolveRequest request, Solver solver, double tolerance)
    {
        bool published = solver is PublishedSolver;
        if (published && request.Stop == StopChoice.Discrepancy)
        {
            throw new UsageException($"--stop discrepancy does not go with {solver.Name}, which stops at the residual tolerance alone");
        }

        int limit = request.Problem.MaxIterations;
        StoppingRule own = solver.Stopping;
        return own with
        {
            ResidualTolerance = published || request.Stop == StopChoice.Tolerance ? tolerance : null,
            DiscrepancyTolerance = request.Stop == StopChoice.Discrepancy ? SolveCase.DiscrepancyStop : own.DiscrepancyTolerance,
            MaxIterations = request.MaxIterations ?? (published ? limit : Math.Max(limit, own.MaxIterations)),
        };
    }

    private static (Rows Observations, Rows? Truth) FromFiles(SolveRequest request, string address)
    {
        Rows observations = Rows.Load("--observations", address, request.Problem.Observations, $"an observation of {request.Problem.Name}");
        Rows? truth = request.Truth is { } truths
            ? Rows.Load("--truth", truths, request.Problem.Unknowns, $"an unknown of {request.Problem.Name}")
            : null;
        return truth is null || truth.Count == observations.Count
            ? (observations, truth)
            : throw new InputException(string.Create(
                CultureInfo.InvariantCulture, $"--truth: '{request.Truth}' has {truth.Count} rows, but --observations '{address}' has {observations.Count}; they must be equally many"));
    }

    private static (Rows Observations, Rows? Truth) Drawn(SolveRequest request, CancellationToken cancellation)
    {
        if (request.Truth is not null)
        {
            throw new UsageException("--truth goes with --observations; without them the problem's own test data are solved, whose truth is known");
        }

        BenchmarkProblem problem = request.Problem;
        int most = Array.MaxLength / Math.Max(problem.Unknowns, problem.Observations);
        if (request.Instances > most)
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--instances is {request.Instances}; for {problem.Name} it must be from 1 to {most}"));
        }

        DataSet data = problem.Generate(Split.Test, request.Instances, request.Settings.Seed, request.Settings.Threads, cancellation);
        return (new Rows(data.Y.ToArray(), problem.Observations), new Rows(data.X.ToArray(), problem.Unknowns));
    }

    private static int Count(SolveRequest request, int rows) => request.Instances is not { } instances ? rows
        : instances <= rows ? instances
        : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--instances is {instances}, but --observations '{request.Observations}' has {rows} rows"));

    private static GaussianPrior PriorOf(Rows samples)
    {
        try
        {
            return GaussianPrior.FromSamples(samples.Values, samples.Length);
        }
        catch (ArgumentException e)
        {
            throw new InputException(
                samples.Count < 2 ? "--prior-samples: there is one row; a mean and a covariance need two or more" : $"--prior-samples: {e.Message.Split(" (Parameter")[0]}", e);
        }
    }

    private static Rows Starts(SolveRequest request, InverseProblem problem, GaussianPrior prior, int count)
    {
        int n = problem.Unknowns;
        switch (request.Start)
        {
            case null:
                return new Rows(request.Problem.Start.ToArray(), n);
            case "zeros":
                return new Rows(new double[n], n);
            case "mean":
                return new Rows(prior.Mean.ToArray(), n);
            case "middle":
                double[] middle = [.. Enumerable.Range(0, n).Select(i => (problem.Bounds.Lower(i) + problem.Bounds.Upper(i)) / 2)];
                return middle.All(double.IsFinite) ? new Rows(middle, n) : throw new UsageException("--start is 'middle', but the bounds have none; give finite --bounds");
            default:
                RequireAddress(request.Start);
                Rows starts = Rows.Load("--start", request.Start, n, $"a start for {request.Problem.Name}");
                return starts.Count == 1 || starts.Count == count
                    ? starts
                    : throw new InputException(string.Create(
                        CultureInfo.InvariantCulture, $"--start: '{request.Start}' has {starts.Count} rows; it must have 1, for all instances, or {count}, one each"));
        }
    }

    /// <summary>A single word that is no file is a slip in a name.</summary>
    private static void RequireAddress(string start)
    {
        if (!File.Exists(start) && !start.Contains('.', StringComparison.Ordinal) && !start.Contains(':', StringComparison.Ordinal))
        {
            string hint = NearestName.Find(start, ["zeros", "mean", "middle"]) is { } nearest ? $"; did you mean '{nearest}'?" : "";
            throw new UsageException($"--start is '{start}'; it must be zeros, mean, middle or FILE:ARRAY{hint}");
        }
    }
}
