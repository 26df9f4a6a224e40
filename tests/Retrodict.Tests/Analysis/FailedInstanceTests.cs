using Retrodict.Autodiff;

namespace Retrodict.Tests.Analysis;

/// <summary>A model that throws at one instance costs that instance alone.</summary>
public sealed class FailedInstanceTests
{
    private const int Count = 9;
    private const double Bad = 100;

    /// <summary>y = x², which throws near 10.</summary>
    private static readonly InverseProblem _problem = InverseProblem.FromFunctions(Square, 1, 1);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_others_of_a_batch_are_solved(int threads)
    {
        double[] observations = [.. Enumerable.Range(0, Count).Select(i => i == 4 ? Bad : i + 1.0)];
        double[] solutions = new double[Count];
        SolveSummary[] summaries = new SolveSummary[Count];
        var done = new List<int>();
        BatchSummary batch = new GaussNewton().Prepare(_problem).SolveBatch(
            observations, new double[] { 1 }, solutions, summaries, threads, new Listener(done.Add));
        Assert.Equal(new BatchSummary(Count, Count, Count - 1, 1), batch);
        Assert.Equal(Enumerable.Range(1, Count), done);
        for (int i = 0; i < Count; i++)
        {
            if (i == 4)
            {
                Assert.Equal((SolveStatus.Failed, StoppingCriterion.None), (summaries[i].Status, summaries[i].Criterion));
                Assert.IsType<ArithmeticException>(summaries[i].Error);
                Assert.True(double.IsNaN(solutions[i]) && double.IsNaN(summaries[i].Cost));
            }
            else
            {
                Assert.Null(summaries[i].Error);
                Assert.Equal(Math.Sqrt(i + 1), solutions[i], 1e-6);
            }
        }
    }

    [Fact]
    public void Other_starts_of_a_search_go_on()
    {
        MultiStartResult result = new MultiStart().Solve(new GaussNewton().Prepare(_problem), [4], [1, 9.99, 3]);
        Assert.Equal((1, 0, 0), (result.Failed, result.NotReached, result.NotConverged));
        Assert.Empty(result.Outcomes[1].X);
        Assert.Equal(2, Assert.Single(result.Minima).X[0], 1e-6);
    }

    [Fact]
    public void What_a_model_throws_outside_of_a_batch_reaches_the_caller() =>
        Assert.Throws<ArithmeticException>(() => new GaussNewton().Solve(_problem, [Bad], [1]));

    [Fact]
    public void A_summary_that_nobody_wrote_claims_nothing()
    {
        Assert.Equal(SolveStatus.None, default(SolveSummary).Status);
        Assert.Equal(0, (int)PriorWeightStatus.None);
        Assert.NotEqual(SolveStatus.Converged, default);
    }

    private static void Square(ReadOnlySpan<double> x, Span<double> y) =>
        y[0] = Math.Abs(x[0] - 10) > 0.5 ? x[0] * x[0] : throw new ArithmeticException("no square near ten");

    private sealed class Listener(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
