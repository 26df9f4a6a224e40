namespace Retrodict.Tests.Deceptron;

/// <summary>Batches of the published form, whose instances advance together.</summary>
public sealed class LockStepTests
{
    private static readonly DeceptronGradientPublished _solver =
        new() { ReverseMap = Heat1DReference.Map("plus"), Precision = Precision.Float32 };

    [Fact]
    public void A_batch_finds_what_the_reference_run_found()
    {
        double[] solutions = Heat1DReference.Array("dipg.x_hat");
        double[] iterations = Heat1DReference.Array("dipg.iters");
        (double[] x, SolveSummary[] summaries) = Solve(Heat1DReference.Observations, 1);
        int found = summaries.Count(summary => summary.Criterion == StoppingCriterion.Residual);
        int same = Enumerable.Range(0, Heat1DReference.Count).Count(k => _solver.PublishedIterations(summaries[k]) == iterations[k]);
        double[] differences =
            [.. Enumerable.Range(0,
                Heat1DReference.Count).Select(k => Enumerable.Range(64 * k, 64).Max(i => Math.Abs(x[i] - solutions[i]))).Order()];
        Assert.True(Math.Abs(found - 71) <= 2 && same >= 285 && differences[150] <= 1e-3, $"{found} successes, {same} equal " +
            $"iteration counts, median difference {differences[150]}");
    }

    [Fact]
    public void Statuses_and_measures_are_those_of_single_solves()
    {
        Session session = _solver.Prepare(Heat1DReference.Problem);
        (double[] x, SolveSummary[] summaries) = Solve(Heat1DReference.Observations, 1);
        int differing = 0;
        for (int k = 0; k < Heat1DReference.Count; k++)
        {
            SolveResult single = session.Solve(Heat1DReference.Observations.AsSpan(64 * k, 64), new double[64]);
            bool same = single.Status == summaries[k].Status
                && single.Criterion == summaries[k].Criterion && single.Summary.Iterations == summaries[k].Iterations

                && Math.Abs(single.Summary.Cost - summaries[k].Cost) <= 1e-4 * single.Summary.Cost
                && Math.Abs(single.Summary.Residual - summaries[k].Residual) <= 1e-4

                && single.Summary.Evaluations.Model == summaries[k].Evaluations.Model
                && single.Summary.Evaluations.ReverseMap == summaries[k].Evaluations.ReverseMap;
            differing += same ? 0 : 1;
        }

        // Near the end of a search a decrease is of the size of single-precision rounding.
        Assert.InRange(differing, 0, 15);
    }

    [Fact]
    public void The_bits_of_an_instance_depend_neither_on_the_others_nor_on_threads()
    {
        (double[] all, SolveSummary[] summaries) = Solve(Heat1DReference.Observations, 1);
        (double[] threaded, SolveSummary[] onThreads) = Solve(Heat1DReference.Observations, 3);
        Assert.Equal(all, threaded);
        Assert.Equal(summaries, onThreads);
        foreach ((int first, int count) in new[] { (0, 2), (17, 5), (100, 30), (211, 80) })
        {
            (double[] some, SolveSummary[] few) = Solve(Heat1DReference.Observations[(64 * first)..(64 * (first + count))], 1);
            Assert.Equal(all[(64 * first)..(64 * (first + count))], some);
            Assert.Equal(summaries[first..(first + count)], few);
        }
    }

    [Fact]
    public void A_warm_batch_allocates_nothing()
    {
        Session session = _solver.Prepare(Heat1DReference.Problem);
        (double[] start, double[] x, var summaries) = (new double[64], new double[64 * 100], new SolveSummary[100]);
        ReadOnlyMemory<double> observations = Heat1DReference.Observations.AsMemory(0, 6400);
        long least = long.MaxValue;
        for (int repeat = 0; repeat < 4; repeat++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            session.SolveBatch(observations, start, x, summaries);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void Instances_that_are_not_finite_and_cancelled_batches_say_so()
    {
        Session session = _solver.Prepare(Heat1DReference.Problem);
        double[] observations = Heat1DReference.Observations[..(64 * 10)];
        observations[64 * 3] = 1e38;
        (double[] x, var summaries) = (new double[640], new SolveSummary[10]);
        session.SolveBatch(observations, new double[64], x, summaries);
        SolveSummary single = session.Solve(observations.AsSpan(192, 64), new double[64], new double[64]);
        Assert.Equal(single, summaries[3]);
        Assert.DoesNotContain(summaries, summary => summary.Status is SolveStatus.None or SolveStatus.Failed);
        BatchSummary cancelled = session.SolveBatch(
            observations, new double[64], x, summaries, cancellation: new CancellationToken(canceled: true));
        Assert.Equal((10, 0), (cancelled.Count, cancelled.Reached));
        Assert.All(x, value => Assert.True(double.IsNaN(value)));
    }

    private static (double[] X, SolveSummary[] Summaries) Solve(double[] observations, int threads)
    {
        int count = observations.Length / 64;
        (double[] x, var summaries) = (new double[64 * count], new SolveSummary[count]);
        _solver.Prepare(Heat1DReference.Problem).SolveBatch(observations, new double[64], x, summaries, threads);
        return (x, summaries);
    }
}
