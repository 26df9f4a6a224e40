using System.Globalization;
using Retrodict.Catalogue;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Requests;
using Retrodict.Comparison;

namespace Retrodict.Cli.Readers;

/// <summary>The instances that <c>solve</c> was asked for: those of files, or the problem's test data.</summary>
internal static class InstanceReader
{
    public static InstanceSet Read(SolveRequest request, CancellationToken cancellation) =>
        request.Observations is { } address ? FromFiles(request, address) : Drawn(request, cancellation);

    private static InstanceSet FromFiles(SolveRequest request, string address)
    {
        BenchmarkProblem problem = request.Problem;
        RowTable observations = RowReader.Load("--observations", address, problem.Observations, $"an observation of {problem.Name}");
        RowTable? truth = request.Truth is { } truths
            ? RowReader.Load("--truth", truths, problem.Unknowns, $"an unknown of {problem.Name}")
            : null;
        if (truth is not null && truth.Count != observations.Count)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"--truth: '{request.Truth}' has {truth.Count} rows, but --observations '{address}' has {observations.Count}; they must be "
                    + $"equally many"));
        }

        return request.Instances is { } instances && instances > observations.Count
            ? throw new UsageException(string.Create(
                CultureInfo.InvariantCulture, $"--instances is {instances}, but --observations '{address}' has {observations.Count} rows"))
            : new InstanceSet(problem, observations, truth);
    }

    private static InstanceSet Drawn(SolveRequest request, CancellationToken cancellation)
    {
        if (request.Truth is not null)
        {
            throw new UsageException(
                "--truth goes with --observations; without them the problem's own test data are solved, whose truth is known");
        }

        BenchmarkProblem problem = request.Problem;
        int most = Array.MaxLength / Math.Max(problem.Unknowns, problem.Observations);
        if (request.Instances > most)
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture, $"--instances is {request.Instances}; for {problem.Name} it must be from 1 to {most}"));
        }

        Settings settings = request.Settings;
        return InstanceSet.Of(problem.Generate(Split.Test, request.Instances, settings.Seed, settings.Threads, cancellation));
    }
}
