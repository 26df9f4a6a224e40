using Retrodict.Analysis;
using Retrodict.Autodiff;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Analysis;

public sealed class MultiStartTests
{
    /// <summary>(x² - 1)² + (0.1 (x - 1))² in each of two unknowns: nothing at (1, 1), and three local minima that cost more.</summary>
    private static readonly InverseProblem _wells = new(
        x => Value.Concatenate(0, (x * x) - 1, 0.1 * (x - 1)), 2) { Bounds = new Box(-2, 2) };

    private static readonly Session _session = new GaussNewton { Team = ThreadTeam.SingleThread }.Prepare(_wells);
    private static readonly double[] _zero = new double[4];

    [Fact]
    public void All_minima_are_found_with_the_starts_that_reached_them()
    {
        MultiStartResult result = new MultiStart { Count = 40 }.Solve(_session, _zero);
        Assert.Equal(4, result.Minima.Count);

        // The other well of one unknown, where 4 x (x² - 1) + 0.02 (x - 1) = 0.
        double other = -1;
        for (int i = 0; i < 50; i++)
        {
            other -= ((4 * other * ((other * other) - 1)) + (0.02 * (other - 1))) / ((12 * other * other) - 3.98);
        }

        double cost = 0.5 * (Math.Pow((other * other) - 1, 2) + (0.01 * Math.Pow(other - 1, 2)));
        Assert.Equal([0, cost, cost, 2 * cost], result.Minima.Select(minimum => minimum.Summary.Cost), (a, b) => Math.Abs(a - b) < 1e-9);
        Dense.AssertClose([1, 1], [.. result.Minima[0].X], 1e-6);
        Dense.AssertClose([other, other], [.. result.Minima[3].X], 1e-6);
        Assert.Equal(Enumerable.Range(0, 40), result.Minima.SelectMany(minimum => minimum.Starts).Order());
        Assert.Equal((0, 0), (result.NotReached, result.NotConverged));
        Assert.Equal(result.Minima[0].X, result.Best!.X);
        for (int i = 0; i < 40; i++)
        {
            Assert.Contains(i, result.Minima[result.Outcomes[i].Minimum!.Value].Starts);
            Assert.Equal(_session.Solve(_zero, [.. result.Outcomes[i].Start]).X, result.Outcomes[i].X);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void The_result_does_not_depend_on_the_number_of_threads(int threads)
    {
        MultiStartResult one = new MultiStart { Seed = 3 }.Solve(_session, _zero);
        MultiStartResult many = new MultiStart { Seed = 3, Threads = threads }.Solve(_session, _zero);
        Assert.Equal(one.Outcomes.Select(outcome => outcome.Summary), many.Outcomes.Select(outcome => outcome.Summary));
        Assert.Equal(one.Outcomes.SelectMany(outcome => outcome.X), many.Outcomes.SelectMany(outcome => outcome.X));
        Assert.Equal(one.Minima.SelectMany(minimum => minimum.Starts), many.Minima.SelectMany(minimum => minimum.Starts));
    }

    [Fact]
    public void Seeds_give_the_same_starts_again_and_others_others()
    {
        double[] starts = StartPoints.Draw(_wells, StartSampling.Automatic, 8, 1);
        Assert.Equal(starts, StartPoints.Draw(_wells, StartSampling.Box, 8, 1));
        Assert.NotEqual(starts, StartPoints.Draw(_wells, StartSampling.Box, 8, 2));
    }

    [Fact]
    public void Every_part_of_every_interval_holds_one_start()
    {
        const int Count = 50;
        InverseProblem problem = new(x => x * 1, 3) { Bounds = new Box([-1, 0, 5], [1, 1e-3, 5]) };
        double[] starts = StartPoints.Draw(problem, StartSampling.Box, Count, 9);
        Assert.Equal(Enumerable.Range(0, Count), Enumerable.Range(0, Count).Select(i => (int)((starts[3 * i] + 1) / 2 * Count)).Order());
        Assert.Equal(Enumerable.Range(0, Count), Enumerable.Range(0, Count).Select(i => (int)(starts[(3 * i) + 1] / 1e-3 * Count)).Order());
        Assert.All(Enumerable.Range(0, Count), i => Assert.Equal(5, starts[(3 * i) + 2]));
    }

    [Fact]
    public void Draws_from_the_prior_have_its_mean_and_covariance()
    {
        const int Count = 4000;
        double[,] c = Dense.RandomCovariance(2, 4);
        InverseProblem problem = new(x => x * 1, 2) { Prior = GaussianPrior.FromCovariance([3, -1], Dense.Flat(c)) };
        double[] starts = StartPoints.Draw(problem, StartSampling.Automatic, Count, 0);
        (double[] mean, double[] covariance) = SampleMoments.Of(starts, 2);
        for (int i = 0; i < 2; i++)
        {
            Assert.InRange(
                mean[i] - ((GaussianPrior)problem.Prior!).Mean[i], -5 * Math.Sqrt(c[i, i] / Count), 5 * Math.Sqrt(c[i, i] / Count));
            for (int j = 0; j < 2; j++)
            {
                double deviation = Math.Sqrt(((c[i, i] * c[j, j]) + (c[i, j] * c[i, j])) / Count);
                Assert.InRange(covariance[(2 * i) + j] - c[i, j], -5 * deviation, 5 * deviation);
            }
        }

        // A start does not change with the number of starts.
        Assert.Equal(starts[..20], StartPoints.Draw(problem, StartSampling.Prior, 10, 0));
    }

    [Fact]
    public void Without_box_and_prior_standard_errors_tell_minima_apart()
    {
        Session session = new GaussNewton().Prepare(_wells with { Bounds = Box.Unbounded });
        MultiStartResult result = new MultiStart().Solve(session, _zero, [2, 2, -2, 2, 0.5, 0.5, 2, 3]);
        Assert.Equal([[0, 2, 3], [1]], result.Minima.Select(minimum => minimum.Starts));
    }

    [Fact]
    public void A_cancelled_search_returns_what_is_there()
    {
        using var source = new CancellationTokenSource();
        MultiStartResult result = new MultiStart { Count = 20 }.Solve(_session, _zero, new Canceller(source, after: 5), source.Token);
        Assert.Equal(15, result.NotReached);
        Assert.Equal(Enumerable.Range(0, 5), result.Minima.SelectMany(minimum => minimum.Starts).Order());
        Assert.Empty(result.Outcomes[19].X);
    }

    [Fact]
    public void Solves_that_do_not_converge_are_counted_and_the_best_point_is_still_given()
    {
        Session session = new GaussNewton { Stopping = new StoppingRule { MaxIterations = 0 } }.Prepare(_wells);
        MultiStartResult result = new MultiStart { Count = 6 }.Solve(session, _zero);
        Assert.Empty(result.Minima);
        Assert.Equal(6, result.NotConverged);
        Assert.Equal(result.Outcomes.Min(outcome => outcome.Summary.Cost), result.Best!.Summary.Cost);
    }

    [Fact]
    public void What_starts_cannot_be_drawn_from_is_named()
    {
        Session session = new GaussNewton().Prepare(_wells with { Bounds = new Box([0, 0], [1, double.PositiveInfinity]) });
        Assert.Contains(
            "unknown 1", Assert.Throws<InvalidOperationException>(
                () => new MultiStart().Solve(session, _zero)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "no Gaussian one", Assert.Throws<InvalidOperationException>(
                () => new MultiStart { Sampling = StartSampling.Prior }.Solve(session, _zero)).Message, StringComparison.Ordinal);
        Assert.Equal("starts", Assert.Throws<ArgumentException>(() => new MultiStart().Solve(session, _zero, [1, 2, 3])).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultiStart { Count = 0 });
    }

    private sealed class Canceller(CancellationTokenSource source, int after) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value == after)
            {
                source.Cancel();
            }
        }
    }
}
