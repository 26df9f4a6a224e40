using Retrodict.Autodiff;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <summary>What the full Hessian is for.</summary>
public sealed class NewtonTests
{
    [Fact]
    public void A_quadratic_objective_is_minimized_in_one_step()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            (int n, int m) = (1 + (seed % 7), 7 + (seed % 5));
            double[,] a = Dense.RandomMatrix(m, n, seed);
            ContractCase c = ContractCases.Linear(n, m, seed) with { Start = Dense.Random(n, seed + 5) };
            SolveResult result = c.SolveWith(new Newton { Stopping = new StoppingRule { MaxIterations = 1 } });
            double[,] transposed = Dense.Transpose(a);
            Dense.AssertClose(
                Dense.Times(Dense.Inverse(Dense.Times(transposed, a)), Dense.Times(transposed, c.Observation)), [.. result.X], 1e-8);
        }
    }

    /// <summary>Brown and Dennis: residuals so large that Gauss-Newton does not converge in 400 iterations.</summary>
    [Fact]
    public void Large_residuals_do_not_spoil_quadratic_convergence()
    {
        TestProblem p = MoreGarbowHillstrom.All["16 Brown-Dennis"];
        InverseProblem problem = new(p.Residual, 4);
        StoppingRule tight = new() { GradientTolerance = 1e-13, StepTolerance = null, CostTolerance = null, MaxIterations = 60 };
        SolveResult newton = new Newton { Stopping = tight }.Solve(problem, new double[20], p.Start);
        Assert.Equal((SolveStatus.Converged, StoppingCriterion.Gradient), (newton.Status, newton.Criterion));
        Assert.InRange(newton.Summary.Iterations, 1, 20);
        Assert.Equal(p.Minimum, 2 * newton.Summary.Cost, 1e-5 * p.Minimum);

        // Each error is about the square of the one before: its logarithm doubles.
        double[] errors = [.. newton.History.Skip(1).Select(record => record.Gradient).Where(g => g is < 1e-2 and > 1e-10)];
        Assert.True(errors.Length >= 2, string.Join(", ", errors));
        for (int k = 1; k < errors.Length; k++)
        {
            Assert.True(errors[k] <= 20 * errors[k - 1] * errors[k - 1], string.Join(", ", errors));
        }

        SolveResult gaussNewton = new GaussNewton { Stopping = tight }.Solve(problem, new double[20], p.Start);
        Assert.Equal(SolveStatus.MaxIterations, gaussNewton.Status);
    }

    /// <summary>(x² - 1)² / 2 + y² / 2 has a saddle at 0, where undamped Newton steps lead.</summary>
    [Theory]
    [InlineData("newton", 1e-3, 1)]
    [InlineData("newton", -1e-6, 0.5)]
    [InlineData("newton-cg", 1e-3, 1)]
    [InlineData("newton-cg", -1e-6, 0.5)]
    public void Saddle_points_are_left(string name, double x, double y)
    {
        // So near to the saddle the objective is level to rounding, which the cost criterion would take for a minimum.
        StoppingRule rule = new() { CostTolerance = null, StepTolerance = null };
        Solver solver = name == "newton" ? new Newton { Stopping = rule } : new NewtonCg { Stopping = rule };
        SolveResult result = solver.Solve(new InverseProblem(v => Value.Stack((v[0] * v[0]) - 1, v[1]), 2), [0, 0], [x, y]);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Dense.AssertClose([Math.Sign(x), 0], [.. result.X], 1e-6);
    }

    [Fact]
    public void Truncated_conjugate_gradients_find_the_same_minimum_with_large_residuals()
    {
        TestProblem p = MoreGarbowHillstrom.All["16 Brown-Dennis"];
        SolveResult result = new NewtonCg().Solve(new InverseProblem(p.Residual, 4), new double[20], p.Start);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.Equal(p.Minimum, 2 * result.Summary.Cost, 1e-5 * p.Minimum);
    }
}
