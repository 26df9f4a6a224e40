using Retrodict.Autodiff;
using Retrodict.Tests.Solvers;

namespace Retrodict.Tests.Analysis;

public sealed class BatchTests
{
    private const int Count = 13;

    private static readonly ContractCase _case = ContractCases.All["prior, box"];
    private static readonly int _n = _case.Problem.Unknowns;
    private static readonly int _m = _case.Problem.Observations;
    private static readonly Session _session = new GaussNewton { Team = ThreadTeam.SingleThread }.Prepare(_case.Problem);
    private static readonly double[] _observations =
        [.. Enumerable.Range(0, Count).SelectMany(i => _case.Observation.Select(y => y * (1 - (0.07 * i))))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(40)]
    public void Every_instance_has_the_bits_of_its_own_solve(int threads)
    {
        double[] solutions = new double[Count * _n];
        SolveSummary[] summaries = new SolveSummary[Count];
        BatchSummary batch = _session.SolveBatch(_observations, _case.Start, solutions, summaries, threads);
        Assert.Equal((Count, Count), (batch.Count, batch.Reached));
        Assert.Equal(summaries.Count(summary => summary.Status == SolveStatus.Converged), batch.Converged);
        for (int i = 0; i < Count; i++)
        {
            SolveResult expected = _session.Solve(_observations.AsSpan(i * _m, _m), _case.Start);
            Assert.Equal(expected.X, solutions[(i * _n)..((i + 1) * _n)]);
            Assert.Equal(expected.Summary, summaries[i]);
        }
    }

    [Fact]
    public void Starts_of_their_own_may_be_the_memory_of_the_solutions()
    {
        double[] starts = [.. Enumerable.Range(0, Count * _n).Select(i => 0.2 * Math.Sin(i))];
        double[] memory = [.. starts];
        _session.SolveBatch(_case.Observation, memory, memory, new SolveSummary[Count], threads: 2);
        for (int i = 0; i < Count; i++)
        {
            Assert.Equal(_session.Solve(_case.Observation, starts.AsSpan(i * _n, _n)).X, memory[(i * _n)..((i + 1) * _n)]);
        }
    }

    [Fact]
    public void A_warm_batch_on_one_thread_allocates_nothing()
    {
        double[] solutions = new double[Count * _n];
        SolveSummary[] summaries = new SolveSummary[Count];
        _session.SolveBatch(_observations, _case.Start, solutions, summaries);
        _session.SolveBatch(_observations, _case.Start, solutions, summaries);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _session.SolveBatch(_observations, _case.Start, solutions, summaries);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Progress_counts_every_instance_once(int threads)
    {
        var seen = new List<int>();
        _session.SolveBatch(_observations, _case.Start, new double[Count * _n], new SolveSummary[Count], threads, new Reporter(seen.Add));
        Assert.Equal(Enumerable.Range(1, Count), seen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_cancelled_batch_keeps_what_is_done_and_marks_the_rest(int threads)
    {
        using var source = new CancellationTokenSource();
        double[] solutions = new double[Count * _n];
        SolveSummary[] summaries = new SolveSummary[Count];
        BatchSummary batch = _session.SolveBatch(
            _observations,
            _case.Start,
            solutions,
            summaries,
            threads,
            new Reporter(done =>
            {
                if (done == 4)
                {
                    source.Cancel();
                }
            }),
            source.Token);
        Assert.InRange(batch.Reached, 4, 4 + threads - 1);
        Assert.InRange(batch.Converged, 4, batch.Reached);
        for (int i = 0; i < Count; i++)
        {
            bool unreached = double.IsNaN(summaries[i].Cost);
            Assert.Equal(unreached, solutions[(i * _n)..((i + 1) * _n)].All(double.IsNaN));
            Assert.True(!unreached || summaries[i].Status == SolveStatus.Cancelled);
            if (summaries[i].Status == SolveStatus.Converged)
            {
                Assert.Equal(_session.Solve(_observations.AsSpan(i * _m, _m), _case.Start).X, solutions[(i * _n)..((i + 1) * _n)]);
            }
        }

        Assert.Equal(Count - batch.Reached, summaries.Count(summary => double.IsNaN(summary.Cost)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_a_listener_throws_reaches_the_caller(int threads)
    {
        var failure = new InvalidOperationException("no more");
        Assert.Same(failure, Assert.Throws<InvalidOperationException>(() => _session.SolveBatch(
            _observations, _case.Start, new double[Count * _n], new SolveSummary[Count], threads, new Reporter(_ => throw failure))));
    }

    [Fact]
    public void An_empty_batch_is_done_at_once() =>
        Assert.Equal(default, _session.SolveBatch(_case.Observation, _case.Start, default, default));

    [Fact]
    public void Misuse_is_named_before_anything_is_solved()
    {
        double[] solutions = new double[Count * _n];
        double[] broken = [.. _observations];
        broken[(7 * _m) + 2] = double.NaN;
        ArgumentException e = Assert.Throws<ArgumentException>(
            () => _session.SolveBatch(broken, _case.Start, solutions, new SolveSummary[Count]));
        Assert.Equal("observations", e.ParamName);
        Assert.Contains("row 7 at position 2", e.Message, StringComparison.Ordinal);
        Assert.All(solutions, x => Assert.Equal(0, x));
        Assert.Equal(
            "starts", Assert.Throws<ArgumentException>(
                () => _session.SolveBatch(_observations, new double[5], solutions, new SolveSummary[Count])).ParamName);
        Assert.Equal(
            "solutions", Assert.Throws<ArgumentException>(
                () => _session.SolveBatch(_observations, _case.Start, new double[5], new SolveSummary[Count])).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => _session.SolveBatch(_observations, _case.Start, solutions, new SolveSummary[Count], threads: 0));
    }

    private sealed class Reporter(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
