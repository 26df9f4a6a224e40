using Retrodict.Catalogue;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Requests;
using Retrodict.Comparison;
using Retrodict.Learning;

namespace Retrodict.Cli.Readers;

/// <summary>From what <c>solve</c> was asked for to cases: opens the files that it names.</summary>
internal static class CaseReader
{
    /// <summary>A case for every method, all with the same instances.</summary>
    /// <exception cref="UsageException">The options do not suit the files or each other.</exception>
    /// <exception cref="InputException">A file cannot be read, or holds other numbers than are needed.</exception>
    public static IReadOnlyList<SolveCase> Read(SolveRequest request, CancellationToken cancellation)
    {
        BenchmarkProblem problem = request.Problem;
        DeceptronModel? model = Model(request);
        Solver[] solvers = [.. request.Methods.Select(method => request.Budget.Limit(Method(method, model, request)))];
        InstanceSet instances = InstanceReader.Read(request, cancellation);
        RowTable? samples = Samples(request);
        RequireStop(request, solvers);
        var settings = new CaseSettings
        {
            Arm = request.Learned.Arm,
            Model = model,
            HasPrior = !request.WithoutPrior,
            PriorSamples = samples,
            Bounds = request.Bounds,
            Loss = request.Loss,
            Stop = request.Stop,
            Tolerance = request.Tolerance,
            MaxIterations = request.MaxIterations,
            Count = request.Instances,
        };
        settings = StartReader.Read(request, settings, instances.Count);
        try
        {
            return CaseBuilder.Build(instances, solvers, settings, request.Settings.Threads, cancellation);
        }
        catch (ArgumentException e) when (samples is not null)
        {
            throw new InputException($"--prior-samples: {e.Message.Split(" (Parameter")[0]}", e);
        }
    }

    private static DeceptronModel? Model(SolveRequest request)
    {
        if (request.Learned.Model is not { } path)
        {
            return null;
        }

        DeceptronModel model = ModelReader.Load("--model", path, request.Problem);
        return request.Learned.Arm == Arm.Physics || model.ForwardParameters is not null ? model : throw new UsageException(
            $"--arm surrogate needs a learned forward model, but '{path}' was trained on the true one and has none; "
            + "'train --mode surrogate' learns both");
    }

    private static Solver Method(MethodRequest method, DeceptronModel? model, SolveRequest request) => method switch
    {
        { Classical: { } solver } => solver,
        { Name: SolverNames.LearnedPublished } => LearnedSolvers.CreatePublished(model!, request.Settings.Precision),
        _ => Learned(model!, request),
    };

    private static DeceptronGradient Learned(DeceptronModel model, SolveRequest request)
    {
        if (request.WithoutPrior && (request.Learned.Form ?? model.Form) == PullBackForm.Bayesian)
        {
            throw new UsageException("--form bayesian needs a prior; leave out --prior none");
        }

        return LearnedSolvers.Create(model, request.Settings.Precision) with
        {
            Form = request.Learned.Form,
            Safeguard = request.Learned.Safeguard,
            StartAtEstimate = request.Start is null,
        };
    }

    private static RowTable? Samples(SolveRequest request)
    {
        if (request.PriorSamples is not { } address)
        {
            return null;
        }

        RowTable samples = RowReader.Load(
            "--prior-samples", address, request.Problem.Unknowns, $"a prior on the unknown of {request.Problem.Name}");
        return samples.Count > 1
            ? samples
            : throw new InputException("--prior-samples: there is one row; a mean and a covariance need two or more");
    }

    private static void RequireStop(SolveRequest request, Solver[] solvers)
    {
        if (request.Stop == StopChoice.Discrepancy && solvers.FirstOrDefault(solver => solver is PublishedSolver) is { } published)
        {
            throw new UsageException($"--stop discrepancy does not go with {published.Name}, which stops at the residual tolerance alone");
        }
    }
}
