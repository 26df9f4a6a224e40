using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <summary>Published problems, from their published starts to their published minima.</summary>
public sealed class GaussNewtonKnownProblems
{
    /// <summary>What plain Gauss-Newton with an Armijo search is known not to solve in 400 iterations. A problem that is solved must leave
    /// this list. Jennrich-Sampson: the columns of J become equal to nine digits, and the huge step they ask for cannot be shortened
    /// enough.</summary>
    private static readonly string[] _knownFailures = ["6 Jennrich-Sampson"];

    /// <summary>Problems whose minimum is reached though no criterion holds: with large residuals the approach is linear or
    /// slower.</summary>
    private static readonly string[] _withoutConvergence = ["16 Brown-Dennis"];

    public static TheoryData<string> Problems => [.. MoreGarbowHillstrom.All.Keys];

    [Theory]
    [MemberData(nameof(Problems))]
    public void The_published_minimum_is_reached_unless_known_otherwise(string name)
    {
        TestProblem p = MoreGarbowHillstrom.All[name];
        SolveResult result = Solve(p);
        double squares = 2 * result.Summary.Cost;
        bool reached = p.Minimum == 0 ? squares <= 1e-12 : Math.Abs(squares - p.Minimum) <= 1e-5 * p.Minimum;
        Assert.True(reached != _knownFailures.Contains(name), $"{name}, sum of squares {squares:G7}, published {p.Minimum}: {result}");
        Assert.True(
            !reached || (result.Status == SolveStatus.Converged) != _withoutConvergence.Contains(name), $"{name}: {result}");
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void Convergence_is_only_claimed_where_the_gradient_vanishes(string name)
    {
        TestProblem p = MoreGarbowHillstrom.All[name];
        SolveResult result = Solve(p);

        // Meyer's exponentials are so steep that the third derivative drowns the difference quotient.
        if (result.Status == SolveStatus.Converged && result.Summary.Cost > 1e-12 && name != "10 Meyer")
        {
            InverseProblem problem = new(p.Residual, p.Start.Length);
            ReferenceObjective objective = new(problem, new double[problem.Observations]);
            double[] x = [.. result.X];
            for (int i = 0; i < x.Length; i++)
            {
                double relative = objective.Derivative(x, i) * Math.Abs(x[i]) / result.Summary.Cost;
                Assert.True(
                    Math.Abs(relative) <= 1e-2, $"{name}: {result}; the cost changes by {relative} per relative change of unknown {i}.");
            }
        }
    }

    private static SolveResult Solve(TestProblem p)
    {
        InverseProblem problem = new(p.Residual, p.Start.Length);
        return new GaussNewton { Stopping = new StoppingRule { MaxIterations = 400 } }.Solve(
            problem, new double[problem.Observations], p.Start);
    }
}
