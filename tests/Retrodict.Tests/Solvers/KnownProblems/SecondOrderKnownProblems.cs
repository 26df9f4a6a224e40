namespace Retrodict.Tests.Solvers;

/// <summary>Published problems, from their published starts to their published minima, by every second-order method.</summary>
public sealed class SecondOrderKnownProblems
{
    /// <summary>What is known not to be reached in 400 iterations. A problem that is solved must leave this list.
    /// Meyer and Powell badly scaled: condition numbers of 1e10, too much for solves by products alone.</summary>
    private static readonly string[] _knownFailures =
        ["lm lsmr: 10 Meyer", "lm cg: 10 Meyer", "lm lsmr: 3 Powell badly scaled", "lm cg: 3 Powell badly scaled"];

    public static TheoryData<string, string> Pairs =>
    [
        .. from solver in Solvers.Keys from problem in MoreGarbowHillstrom.All.Keys select new TheoryDataRow<string, string>(solver,
            problem),
    ];

    private static Dictionary<string, Solver> Solvers { get; } = new()
    {
        ["lm"] = new LevenbergMarquardt(),
        ["lm geodesic"] = new LevenbergMarquardt { GeodesicAcceleration = true },
        ["lm nonmonotone"] = new LevenbergMarquardt { TrustRegion = new TrustRegionOptions { Memory = 5 } },
        ["lm lsmr"] = new LevenbergMarquardt { LinearSolver = LinearSolver.Lsmr },
        ["lm cg"] = new LevenbergMarquardt { LinearSolver = LinearSolver.ConjugateGradients },
        ["dogleg"] = new Dogleg(),
        ["newton"] = new Newton(),
        ["newton-cg"] = new NewtonCg(),
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_published_minimum_is_reached_unless_known_otherwise(string solver, string name)
    {
        TestProblem p = MoreGarbowHillstrom.All[name];
        InverseProblem problem = new(p.Residual, p.Start.Length);
        Solver limited = Solvers[solver] with { Stopping = new StoppingRule { MaxIterations = 400, StepTolerance = 1e-12 } };
        SolveResult result = limited.Solve(problem, new double[problem.Observations], p.Start);
        double squares = 2 * result.Summary.Cost;
        bool reached = p.Minimum == 0 ? squares <= 1e-12 : Math.Abs(squares - p.Minimum) <= 1e-5 * p.Minimum;
        Assert.True(reached != _knownFailures.Contains($"{solver}: {name}"), $"{solver}: {name}, sum of squares {squares:G7}, " +
            $"published {p.Minimum}: {result}");
    }
}
