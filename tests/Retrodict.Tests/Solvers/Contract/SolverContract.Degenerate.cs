using Retrodict.Autodiff;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <content>Problems without a unique solution, or with nothing to do.</content>
public abstract partial class SolverContract
{
    [Fact]
    public void Where_the_model_is_constant_there_is_no_solution_to_converge_to()
    {
        SolveResult result = Solver.Solve(new InverseProblem(x => Value.Full(2, 3) + (0 * x[0]), 2), [1, 2, 3], [5, 6]);
        Assert.Equal((SolveStatus.Stalled, StoppingCriterion.Gradient, 0), (result.Status, result.Criterion, result.Summary.Iterations));
        Assert.Equal([5, 6], result.X);
        Assert.Equal(1, result.Summary.Cost);
    }

    [Fact]
    public void An_unknown_that_the_model_ignores_keeps_its_value()
    {
        SolveResult result = Solver.Solve(new InverseProblem(x => Value.Exp(x[0]).Reshape(1), 2), [2], [0, 7.25]);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.Equal(Math.Log(2), result.X[0], 1e-6);
        Assert.Equal(7.25, result.X[1]);
    }

    [Fact]
    public void Two_unknowns_that_only_their_sum_determines_share_the_step()
    {
        SolveResult result = Solver.Solve(new InverseProblem(x => Value.Stack(x[0] + x[1], 2 * (x[0] + x[1])), 2), [3, 6], [1, 0]);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Dense.AssertClose([2, 1], [.. result.X], 1e-7);
    }

    [Fact]
    public void With_a_prior_what_the_measurement_does_not_determine_is_the_prior_mean()
    {
        InverseProblem problem = new(x => x[0].Reshape(1), 2) { Noise = 1e-3, Prior = GaussianPrior.FromCovariance([0, 4], [1, 0, 0, 1]) };
        SolveResult result = Solver.Solve(problem, [1], [-3, -3]);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Dense.AssertClose([1, 4], [.. result.X], 1e-5);
    }

    /// <summary>The data are the model's at (2, 0.8) up to the last bit, which no solver can explain.</summary>
    [Fact]
    public void A_residual_of_rounding_size_is_no_reason_to_stall()
    {
        ContractCase c = Case("exponential fit, exact data");
        for (int bit = 0; bit < 20; bit++)
        {
            double[] start = [2 + (bit * 4e-16), 0.8 - (bit * 1e-16)];
            SolveResult result = (c with { Start = start }).SolveWith(Solver);
            Assert.Equal(SolveStatus.Converged, result.Status);
        }
    }

    [Fact]
    public void Exact_data_are_fitted_from_many_starts()
    {
        ContractCase c = Case("exponential fit, exact data");
        for (int seed = 0; seed < 50; seed++)
        {
            double[] start = [.. Dense.Random(2, seed).Select(s => 1.2 + (0.8 * s))];
            SolveResult result = (c with { Start = start }).SolveWith(Solver);
            Assert.Equal(SolveStatus.Converged, result.Status);
            Dense.AssertClose([2, 0.8], [.. result.X], 1e-5);
        }
    }

    [Fact]
    public void Exact_data_whose_solution_is_zero_are_fitted_too()
    {
        // No step is short beside a solution of length zero, so the residuals must tell.
        for (int seed = 0; seed < 50; seed++)
        {
            double[] inner = Dense.Random(12, seed);
            double[] outer = Dense.Random(20, 100 + seed);
            var problem = new InverseProblem(
                x => Value.MatMul(Value.Constant(outer, [5, 4]), Value.Exp(Value.MatMul(Value.Constant(inner, [4, 3]), x))), 3);
            double[] exact = problem.Forward.Compile<double>().Evaluate(new double[3])[0];
            SolveResult result = Solver.Solve(problem, exact, [.. Dense.Random(3, 200 + seed).Select(s => 0.2 * s)]);
            Assert.True(
                result.Status == SolveStatus.Converged
                    || (MayStallAtRounding && result.Status == SolveStatus.Stalled), $"Seed {seed}: {result}");
            Assert.All(result.X, x => Assert.InRange(x, -1e-8, 1e-8));
        }
    }
}
