namespace Retrodict.Tests.Solvers;

/// <summary>Published problems, from their published starts to their published minima.</summary>
public sealed class FirstOrderKnownProblems
{
    /// <summary>What is known not to be solved in 5000 iterations. A problem that is solved must leave this list.</summary>
    private static readonly string[] _knownFailures = [];

    private static readonly Dictionary<string, Solver> _solvers = new()
    {
        ["bfgs"] =
            new Bfgs(), ["bfgs, Gauss-Newton"] =
                new Bfgs { InitialHessian = InitialHessian.GaussNewton }, ["l-bfgs"] =
                    new LBfgs(), ["nonlinear-cg"] = new NonlinearConjugateGradients(),
    };

    public static TheoryData<string, string> Problems =>
        [.. from solver in _solvers.Keys from name in MoreGarbowHillstrom.All.Keys select new TheoryDataRow<string, string>(solver, name)];

    [Theory]
    [MemberData(nameof(Problems))]
    public void The_published_minimum_is_reached_unless_known_otherwise(string solver, string name)
    {
        TestProblem p = MoreGarbowHillstrom.All[name];
        InverseProblem problem = new(p.Residual, p.Start.Length);
        Solver limited = _solvers[solver] with { Stopping = _solvers[solver].Stopping with { MaxIterations = 5000 } };
        SolveResult result = limited.Solve(problem, new double[problem.Observations], p.Start);
        double squares = 2 * result.Summary.Cost;
        bool reached = p.Minimum == 0 ? squares <= 1e-10 : Math.Abs(squares - p.Minimum) <= 1e-4 * p.Minimum;
        Assert.True(
            reached != _knownFailures.Contains($"{solver}: {name}"),
            $"{solver}: {name}, sum of squares {squares:G7}, published {p.Minimum}: {result}, {result.Criterion}, " +
                $"{result.Summary.Evaluations}");
    }
}
