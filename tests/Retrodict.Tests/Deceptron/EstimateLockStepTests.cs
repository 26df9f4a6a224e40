using Retrodict.Tests.Problems;
using Retrodict.Tests.Solvers;

namespace Retrodict.Tests.Deceptron;

/// <summary>Batches of D-IPG, whose estimates are computed together.</summary>
public sealed class EstimateLockStepTests
{
    private const int Count = 21;

    public static TheoryData<string, string, bool> Combinations =>
        [.. from problem in LearnedProblems.Problems from map in new[] { "good", "noisy", "nan" } from anchored in new[] { false,
            true } select new TheoryDataRow<string, string, bool>(problem, map, anchored)];

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_batch_is_single_solves_up_to_rounding(string problem, string map, bool anchored)
    {
        ContractCase c = LearnedProblems.Case(problem, 3);
        int n = c.Problem.Unknowns;
        Session session = Solver(c, map, anchored).Prepare(c.Problem);
        double[] observations = Observations(c);
        (double[] x, SolveSummary[] summaries) = Solve(session, observations, c.Start, 1);
        Assert.NotNull(session.LockSteps);
        for (int i = 0; i < Count; i++)
        {
            SolveResult single = session.Solve(observations.AsSpan(i * c.Problem.Observations, c.Problem.Observations), c.Start);
            (SolveSummary alone, SolveSummary together) = (single.Summary, summaries[i]);
            Assert.Equal(alone with { Cost = 0, Residual = 0, Discrepancy = 0 }, together with { Cost = 0, Residual = 0, Discrepancy = 0 });
            if (alone.Evaluations != new EvaluationCounts(1, 0, 0, 1, 0))
            {
                Assert.Equal(alone, together);
                Assert.Equal(single.X, x[(i * n)..((i + 1) * n)]);
                continue;
            }

            // The map of heat-1d is evaluated in single precision.
            double rounding = n == 64 ? 1e-5 : 1e-12;
            Dense.AssertClose([.. single.X], x.AsSpan(i * n, n), rounding);
            Assert.Equal(alone.Discrepancy, together.Discrepancy, 100 * rounding * (1 + alone.Discrepancy));
            Assert.Equal(alone.Residual, together.Residual, 100 * rounding * (1 + alone.Residual));
            Assert.Equal(alone.Cost, together.Cost, 100 * rounding * (1 + alone.Cost));
        }
    }

    [Fact]
    public void Estimates_that_meet_the_discrepancy_cost_one_evaluation_of_each()
    {
        ContractCase c = LearnedProblems.Case("square", 5);
        (_, SolveSummary[] summaries) = Solve(
            Solver(c, "good", anchored: false).Prepare(c.Problem), Observations(c), [.. c.Start.Select(x => x + 10)], 1);
        Assert.All(
            summaries, summary =>
                Assert.Equal(
                    (StoppingCriterion.Discrepancy, new EvaluationCounts(1, 0, 0, 1, 0), false), (
                        summary.Criterion, summary.Evaluations, summary.StartProjected)));
        ContractCase boxed = LearnedProblems.Case("mild, box", 5);
        (_, SolveSummary[] projected) = Solve(
            Solver(boxed, "good", anchored: false).Prepare(boxed.Problem), Observations(boxed), [.. boxed.Start.Select(x => x + 10)], 1);
        Assert.All(projected, summary => Assert.True(summary.StartProjected));
    }

    [Fact]
    public void The_bits_of_an_instance_depend_neither_on_the_others_nor_on_threads()
    {
        ContractCase c = LearnedProblems.Case("mild", 3);
        (int m, int n) = (c.Problem.Observations, c.Problem.Unknowns);
        double[] observations = [.. Enumerable.Range(0, 10).SelectMany(_ => Observations(c))];
        (double[] x, SolveSummary[] summaries) = Solve(Session(c), observations, c.Start, 1);
        (double[] threaded, SolveSummary[] onThreads) = Solve(Session(c), observations, c.Start, 3);
        Assert.Equal(x, threaded);
        Assert.Equal(summaries, onThreads);
        foreach ((int first, int count) in new[] { (0, 2), (17, 5), (60, 70) })
        {
            (double[] some, SolveSummary[] few) = Solve(Session(c), observations[(first * m)..((first + count) * m)], c.Start, 1);
            Assert.Equal(x[(first * n)..((first + count) * n)], some);
            Assert.Equal(summaries[first..(first + count)], few);
        }

        static Session Session(ContractCase c) => Solver(c, "noisy", anchored: false).Prepare(c.Problem);
    }

    [Fact]
    public void Starts_of_their_own_may_be_the_memory_of_the_solutions()
    {
        ContractCase c = LearnedProblems.Case("mild", 3);
        int n = c.Problem.Unknowns;
        Session session = Solver(c, "noisy", anchored: false).Prepare(c.Problem);
        double[] observations = Observations(c);
        double[] starts = [.. Enumerable.Range(0, Count * n).Select(i => 0.2 * Math.Sin(i))];
        double[] apart = new double[Count * n];
        session.SolveBatch(observations, starts, apart, new SolveSummary[Count]);
        session.SolveBatch(observations, starts, starts, new SolveSummary[Count]);
        Assert.Equal(apart, starts);
    }

    [Fact]
    public void A_warm_batch_allocates_nothing()
    {
        ContractCase c = LearnedProblems.Case("mild", 3);
        Session session = Solver(c, "noisy", anchored: true).Prepare(c.Problem);
        double[] observations = Observations(c);
        (double[] x, var summaries) = (new double[Count * c.Problem.Unknowns], new SolveSummary[Count]);
        long least = long.MaxValue;
        for (int repeat = 0; repeat < 4; repeat++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            session.SolveBatch(observations, c.Start, x, summaries);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Progress_counts_every_instance_once_and_a_cancelled_batch_keeps_what_is_done(int threads)
    {
        ContractCase c = LearnedProblems.Case("mild", 3);
        int n = c.Problem.Unknowns;
        Session session = Solver(c, "noisy", anchored: false).Prepare(c.Problem);
        double[] observations = Observations(c);
        (double[] x, var summaries) = (new double[Count * n], new SolveSummary[Count]);
        List<int> seen = [];
        session.SolveBatch(observations, c.Start, x, summaries, threads, new Reporter(seen.Add));
        Assert.Equal(Enumerable.Range(1, Count), seen);
        double[] all = [.. x];
        using var source = new CancellationTokenSource();
        BatchSummary batch = session.SolveBatch(
            observations, c.Start, x, summaries, threads, new Reporter(done => Cancel(done == 4)), source.Token);
        Assert.InRange(batch.Reached, 4, 4 + threads - 1);
        for (int i = 0; i < Count; i++)
        {
            bool unreached = double.IsNaN(summaries[i].Cost);
            Assert.Equal(unreached, x[(i * n)..((i + 1) * n)].All(double.IsNaN));
            Assert.True(!unreached || summaries[i].Status == SolveStatus.Cancelled);
            if (summaries[i].Status == SolveStatus.Converged)
            {
                Assert.Equal(all[(i * n)..((i + 1) * n)], x[(i * n)..((i + 1) * n)]);
            }
        }

        void Cancel(bool now)
        {
            if (now)
            {
                source.Cancel();
            }
        }
    }

    [Fact]
    public void Misuse_is_named_and_solves_from_the_start_are_not_batched()
    {
        ContractCase c = LearnedProblems.Case("tall", 1);
        DeceptronGradient solver = Solver(c, "good", anchored: false);
        double[] observations = Observations(c);
        observations[(7 * c.Problem.Observations) + 2] = double.NaN;
        ArgumentException e = Assert.Throws<ArgumentException>(() => Solve(solver.Prepare(c.Problem), observations, c.Start, 1));
        Assert.Contains("row 7 at position 2", e.Message, StringComparison.Ordinal);
        Assert.Null((solver with { StartAtEstimate = false }).Prepare(c.Problem).LockSteps);
        Assert.Null((solver with { Stopping = new StoppingRule() }).Prepare(c.Problem).LockSteps);
    }

    private static DeceptronGradient Solver(ContractCase c, string map, bool anchored)
    {
        int n = c.Problem.Unknowns;
        ReverseMap reverse = LearnedProblems.Map(map, c, 3);
        return new DeceptronGradient
        {
            ReverseMap = anchored
                ? reverse with { Errors = GaussianPrior.FromCovariance(new double[n], Dense.Flat(Dense.RandomCovariance(n, 8))) }
                : reverse,
        };
    }

    /// <summary>From the case's own to ones that are far from it.</summary>
    private static double[] Observations(ContractCase c) =>
        [.. Enumerable.Range(0, Count).SelectMany(i => c.Observation.Select((y, k) => y + (0.01 * i * Math.Sin(k + i))))];

    private static (double[] X, SolveSummary[] Summaries) Solve(Session session, double[] observations, double[] start, int threads)
    {
        int count = observations.Length / session.Problem.Observations;
        (double[] x, var summaries) = (new double[session.Problem.Unknowns * count], new SolveSummary[count]);
        session.SolveBatch(observations, start, x, summaries, threads);
        return (x, summaries);
    }

    private sealed class Reporter(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
