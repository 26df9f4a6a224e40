using Retrodict.Autodiff;
using Retrodict.Solvers;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <summary>The options of trust regions.</summary>
public sealed class TrustRegionVariantTests
{
    /// <summary>Curved valleys are what geodesic acceleration is for.</summary>
    [Fact]
    public void Geodesic_acceleration_needs_fewer_iterations_in_curved_valleys()
    {
        string[] names = ["1 Rosenbrock", "7 helical valley", "14 Wood"];
        List<string> table = [];
        (int plain, int accelerated) = (0, 0);
        foreach (string name in names)
        {
            SolveSummary without = Solve(name, new LevenbergMarquardt());
            SolveSummary with = Solve(name, new LevenbergMarquardt { GeodesicAcceleration = true });
            Assert.InRange(without.Cost, 0, 1e-12);
            Assert.InRange(with.Cost, 0, 1e-12);
            Assert.True(with.Iterations <= without.Iterations, $"{name}: {without.Iterations} to {with.Iterations}");
            plain += without.Iterations;
            accelerated += with.Iterations;
            table.Add($"{name}: {without.Iterations} ({without.Evaluations.Model}) to {with.Iterations} ({with.Evaluations.Model})");
        }

        TestContext.Current.SendDiagnosticMessage(string.Join("; ", table));
        Assert.True(10 * accelerated <= 9 * plain, string.Join("; ", table));
    }

    /// <summary>Blurring that leaves no trace of most directions: without truncation more of the noise is fitted, by larger
    /// unknowns.</summary>
    [Fact]
    public void Without_truncation_the_objective_of_an_ill_posed_problem_falls_further()
    {
        const int N = 32;
        double[] blur = [.. Enumerable.Range(0, N * N).Select(k => Math.Exp(-Math.Pow((k / N) - (k % N), 2) / 18))];
        var problem = new InverseProblem(x => Value.MatMul(Value.Constant(blur, [N, N]), x), N);
        for (int seed = 0; seed < 10; seed++)
        {
            double[] observation = Dense.Random(N, seed);
            SolveResult truncated = new LevenbergMarquardt().Solve(problem, observation, new double[N]);
            SolveResult untruncated = new LevenbergMarquardt { TruncatesRank = false }.Solve(problem, observation, new double[N]);
            Assert.True(untruncated.Summary.Cost < truncated.Summary.Cost, $"{seed}: {untruncated} beside {truncated}");
            Assert.True(untruncated.X.Sum(x => x * x) > truncated.X.Sum(x => x * x));
        }
    }

    [Theory]
    [InlineData("lm")]
    [InlineData("dogleg")]
    public void A_nonmonotone_radius_still_returns_the_best_point(string solver)
    {
        TrustRegionOptions options = new() { Memory = 8 };
        foreach (string name in MoreGarbowHillstrom.All.Keys)
        {
            TestProblem p = MoreGarbowHillstrom.All[name];
            InverseProblem problem = new(p.Residual, p.Start.Length);
            for (int limit = 1; limit < 30; limit += 7)
            {
                StoppingRule rule = new() { MaxIterations = limit };
                Solver s = solver == "lm"
                    ? new LevenbergMarquardt { TrustRegion = options, Stopping = rule }
                    : new Dogleg { TrustRegion = options, Stopping = rule };
                SolveResult result = s.Solve(problem, new double[problem.Observations], p.Start);
                Assert.Equal(result.History.Min(record => record.Cost), result.Summary.Cost);
            }
        }
    }

    [Fact]
    public void The_reference_is_the_highest_value_since_the_lowest_when_memory_is_full()
    {
        NonmonotoneReference reference = new(3);
        reference.Begin(10);
        Assert.Equal(2, reference.Gain(10 - 8, 8, 1));
        reference.Accept(8, 1);

        // Up by one from the lowest: the start, 10, is still the reference, and 1 + 2 were predicted since.
        Assert.Equal((10 - 9) / 3.0, reference.Gain(8 - 9, 9, 2));
        Assert.True(reference.Allows(8, 9));
        reference.Accept(9, 2);
        Assert.Equal((10 - 9.5) / 4.0, reference.Gain(9 - 9.5, 9.5, 1));
        reference.Accept(9.5, 1);

        // Two steps above the lowest: the highest since is the reference from here.
        Assert.False(reference.Allows(9.5, 9.75));
        Assert.Equal(-0.25, reference.Gain(9.5 - 9.75, 9.75, 1));
        reference.Accept(7, 1);
        Assert.Equal((9.5 - 7.5) / 2, reference.Gain(7 - 7.5, 7.5, 1));
    }

    [Fact]
    public void A_memory_of_one_is_monotone()
    {
        NonmonotoneReference reference = new(1);
        reference.Begin(10);
        reference.Accept(8, 1);
        Assert.Equal(-1, reference.Gain(8 - 9, 9, 1));
        Assert.False(reference.Allows(8, 9));
    }

    [Theory]
    [InlineData("unit")]
    [InlineData("narrow")]
    public void Linear_least_squares_in_a_box_are_solved(string box)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            (int n, int m) = (1 + (seed % 5), 1 + (seed % 5) + (seed % 4));
            double[,] a = Dense.RandomMatrix(m, n, seed);
            double[] y = Dense.Random(m, seed + 1000);
            Box bounds = box == "unit" ? new Box(0, 1) : new Box(-0.1, 0.2);
            double[] expected = BoundedLeastSquares.Solve(a, y, bounds);
            InverseProblem problem = new(
                x => Retrodict.Autodiff.Value.MatMul(Retrodict.Autodiff.Value.Constant(a), x), n) { Bounds = bounds };
            foreach (
                Solver solver in new Solver[] { new LevenbergMarquardt(), new LevenbergMarquardt { LinearSolver = LinearSolver.Lsmr },
                    new Dogleg(), new Newton(), new NewtonCg() })
            {
                SolveResult result = solver.Solve(problem, y, Dense.Random(n, seed + 2000));
                double difference = Dense.Norm(Dense.Plus(expected, [.. result.X], -1));
                Assert.True(
                    result.Status == SolveStatus.Converged && difference <= 1e-4 * Math.Max(1, Dense.Norm(expected)),
                    $"{solver}, seed {seed}: [{string.Join(", ", expected)}] expected; {result}");
            }
        }
    }

    [Fact]
    public void A_dogleg_refuses_inexact_linear_solvers() => Assert.Contains(
        "Lsmr",
        Assert.Throws<NotSupportedException>(
            () => ContractCases.All["linear"].SolveWith(new Dogleg { LinearSolver = LinearSolver.Lsmr })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_memory_below_one_is_refused() =>
        Assert.Equal("Memory", Assert.Throws<ArgumentOutOfRangeException>(() => new TrustRegionOptions { Memory = 0 }).ParamName);

    private static SolveSummary Solve(string name, Solver solver)
    {
        TestProblem p = MoreGarbowHillstrom.All[name];
        InverseProblem problem = new(p.Residual, p.Start.Length);
        return (solver with { Stopping = new StoppingRule { MaxIterations = 400 } }).Solve(
            problem, new double[problem.Observations], p.Start).Summary;
    }
}
