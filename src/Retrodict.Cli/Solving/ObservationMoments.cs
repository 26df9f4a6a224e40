using Retrodict.Autodiff;
using Retrodict.Catalogue;
using Retrodict.Cli.Readers;

namespace Retrodict.Cli.Solving;

/// <summary>What observations are standardized by: their mean and standard deviation, by component.</summary>
internal sealed record ObservationMoments(double[] Mean, double[] Deviation)
{
    private const int BlockSize = 64;

    /// <summary>Those of the problem's training data.</summary>
    public static ObservationMoments Shipped(BenchmarkProblem problem) =>
        new(problem.Statistics.ObservationMean.ToArray(), problem.Statistics.ObservationDeviation.ToArray());

    /// <summary>Those of samples of the unknown pushed through the forward model; unbiased, and clamped like the shipped ones.</summary>
    public static ObservationMoments Pushed(Function forward, Rows samples, int threads, CancellationToken cancellation)
    {
        int m = forward.Outputs[0].Shape.ElementCount;
        var observations = new double[samples.Count * m];
        Plan<double> plan = forward.Batch(BlockSize).Compile<double>(new PlanOptions { Team = ThreadTeam.SingleThread });
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, (samples.Count + BlockSize - 1) / BlockSize, options, block =>
        {
            // The last block is filled up with the first sample.
            using Workspace<double> workspace = plan.Rent();
            int first = block * BlockSize;
            int count = Math.Min(BlockSize, samples.Count - first);
            for (int i = 0; i < BlockSize; i++)
            {
                samples[i < count ? first + i : 0].CopyTo(workspace.Input(0)[(i * samples.Length)..]);
            }

            workspace.Run();
            workspace.Output(0)[..(count * m)].CopyTo(observations.AsSpan(first * m));
        });
        (double[] mean, double[] deviation) = SampleMoments.OfComponents(observations, m, ProblemStatistics.LeastDeviation);
        return new ObservationMoments(mean, deviation);
    }
}
