using Retrodict.Catalogue;

namespace Retrodict.Comparison.Tests;

public class RunTests
{
    private static readonly BenchmarkProblem _problem = ProblemCatalogue.Heat1D;
    private static readonly InstanceSet _instances = InstanceSet.Of(_problem.Generate(Split.Test, 6));
    private static readonly RunOptions _cold = new() { WarmUp = false };

    [Fact]
    public void Methods_in_turn_give_what_each_gives_alone_on_any_number_of_threads()
    {
        IReadOnlyList<SolveRun> together = Run([new GaussNewton(), new LBfgs()], _cold with { Threads = 3 });
        Assert.Equal((3, 2), (together[0].Threads, together.Count));
        foreach (SolveRun run in together)
        {
            SolveRun alone = Run([run.Case.Solver], _cold)[0];
            Assert.Equal(alone.X.Values, run.X.Values);
            Assert.Equal(alone.Results.Select(result => result.Summary), run.Results.Select(result => result.Summary));
            Assert.True(run.AllConverged && !run.Cancelled);
        }
    }

    [Fact]
    public void Points_are_judged_on_the_true_model()
    {
        SolveRun run = Run([new GaussNewton()], _cold)[0];
        for (int i = 0; i < run.Results.Count; i++)
        {
            PointMeasures measures = run.Results[i].Measures;
            Assert.Equal(run.Results[i].Summary.Residual, measures.Residual, 1e-12);
            Assert.Equal(run.Results[i].Summary.Discrepancy, measures.Discrepancy, 1e-12);
            Assert.Equal(_problem.RecoveryError(run.X[i], _instances.Truth![i]), measures.RmseX);
        }

        PointMeasures unknown = new Judge(_instances with { Truth = null }).Measure(0, run.X[0]);
        Assert.True(double.IsNaN(unknown.RmseX));
        Assert.Equal(run.Results[0].Measures.Residual, unknown.Residual);
    }

    [Fact]
    public void Statistics_tell_means_medians_and_totals()
    {
        SolveRun run = Run([new GaussNewton()], _cold)[0];
        SolveStatistics statistics = SolveStatistics.Of(run);
        Assert.Equal(run.Results.Sum(result => result.Microseconds), statistics.Microseconds.Total, 1e-6);
        Assert.Equal(run.Results.Average(result => result.Microseconds), statistics.Microseconds.Mean, 1e-6);
        Assert.Equal(run.Results.Max(result => result.Microseconds), statistics.Microseconds.Greatest);
        Assert.Equal(run.Results.Sum(result => result.Summary.Iterations), statistics.ExactSteps);
        Assert.Equal((0L, 0L, 0), (statistics.LearnedSteps, statistics.SafeguardSteps, statistics.Reasons.Count));
        Assert.Equal(run.Results.Average(result => result.Measures.RmseX), statistics.RmseX);
        Assert.Equal(
            run.Results.Count(result => result.Measures.Discrepancy <= SuccessRules.DiscrepancyLimit) / 6.0, statistics.DiscrepancySuccess);
    }

    [Fact]
    public void What_was_cancelled_before_it_began_is_at_its_start()
    {
        SolveCase solveCase = CaseBuilder.Build(_instances, [new GaussNewton()])[0];
        SolveRun run = CaseRunner.Run([solveCase], cancellation: new CancellationToken(canceled: true))[0];
        Assert.True(run.Cancelled);
        Assert.All(run.Results, result => Assert.False(result.IsBegun));
        Assert.Equal(_problem.Start, run.X[5]);
        SolveStatistics statistics = SolveStatistics.Of(run);
        Assert.Equal((double.NaN, 0.0), (statistics.ToleranceSuccess, statistics.Microseconds.Total));
        Assert.True(double.IsNaN(statistics.RmseX) && double.IsNaN(statistics.Microseconds.Median));
    }

    [Fact]
    public void Cases_that_cannot_take_turns_are_refused()
    {
        SolveCase solveCase = CaseBuilder.Build(_instances, [new GaussNewton()])[0];
        Assert.Throws<ArgumentException>(() => CaseRunner.Run([]));
        Assert.Throws<ArgumentException>(() => CaseRunner.Run([solveCase, solveCase with { Count = 2 }]));
        Assert.ThrowsAny<ArgumentException>(() => CaseRunner.Run([solveCase], new RunOptions { Threads = 0 }));
    }

    private static IReadOnlyList<SolveRun> Run(IReadOnlyList<Solver> solvers, RunOptions options) =>
        CaseRunner.Run(CaseBuilder.Build(_instances, solvers), options);
}
