using Retrodict.Autodiff;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <content>Models that are not finite everywhere.</content>
public abstract partial class SolverContract
{
    [Theory]
    [InlineData(-1.0)]
    [InlineData(0.0)]
    public void A_model_that_is_not_finite_at_the_start_is_reported(double start)
    {
        SolveResult result = Solver.Solve(new InverseProblem(x => Value.Log(x), 1), [1], [start]);
        Assert.Equal(
            (SolveStatus.NonFinite, StoppingCriterion.NonFiniteStart, 0), (result.Status, result.Criterion, result.Summary.Iterations));
        Assert.Equal([start], result.X);
        Assert.False(double.IsFinite(result.Summary.Cost));
        Assert.Equal(new EvaluationCounts(1, 0, 0, 0, 0), result.Summary.Evaluations);
    }

    /// <summary>The last of four components, one of which is masked, and then the second row of the prior.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_report_names_the_component_of_the_observation_or_the_row_of_the_prior(bool correlated)
    {
        double[] covariance = [.. from i in Enumerable.Range(0, 4) from j in Enumerable.Range(0, 4) select i == j ? 1 : 0.25];
        InverseProblem problem = new(x => Value.Stack(x[0], x[1], x[0] + x[1], Value.Log(x[0])), 2)
        {
            Observed = [true, false, true, true],
            Noise = correlated ? Noise.FromCovariance(covariance) : Noise.One,
            Prior = new ResidualPrior(x => Value.Stack(x[0], Value.Log(x[1]))),
        };
        Assert.Equal(new NonFiniteReport(0, 3, 1), Solver.Solve(problem, new double[4], [-1, 1]).Summary.NonFinite);
        Assert.Equal(new NonFiniteReport(0, 5, 1), Solver.Solve(problem, new double[4], [1, -1]).Summary.NonFinite);
    }

    [Fact]
    public void A_derivative_that_is_not_finite_is_reported()
    {
        SolveResult result = Solver.Solve(new InverseProblem(x => Value.Sqrt(x), 1), [1], [0]);
        Assert.Equal((SolveStatus.NonFinite, StoppingCriterion.NonFiniteDerivative), (result.Status, result.Criterion));
        Assert.Equal([0.0], result.X);
        Assert.Equal(0.5, result.Summary.Cost);
    }

    /// <summary>The least sum is inside of the box, but steps lead to the bound, where the derivative is infinite. The solution is that of
    /// SciPy's trf.</summary>
    [Theory]
    [InlineData(1e-3)]
    [InlineData(1.0)]
    [InlineData(1e6)]
    public void A_bound_at_which_the_derivative_is_infinite_is_kept_off(double unit)
    {
        unit = IsIndifferentToUnits ? unit : 1;
        double[] t = [1, 2, 3, 4, 5, 6, 7, 8];
        double[] y = [0.31, 1.06, 1.44, 1.76, 2.01, 2.26, 2.47, 2.66];
        InverseProblem problem = new(x => x[0] * Value.Sqrt(Value.Constant(t) - (x[1] * (1 / unit))), 2)
        {
            Bounds = new Box([0, double.NegativeInfinity], [double.PositiveInfinity, unit]),
        };
        SolveResult result = Solver.Solve(problem, y, [3, -2 * unit]);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Dense.AssertClose([0.99884605, 0.90236616], [result.X[0], result.X[1] / unit], SolutionTolerance);
    }

    /// <summary>The second of three rows, the first of which is masked, by the last of three unknowns.</summary>
    [Fact]
    public void A_report_names_the_residual_and_the_unknown_whose_derivative_is_not_finite()
    {
        InverseProblem problem = new(x => Value.Stack(x[0], x[1] + x[0], Value.Sqrt(x[2]) + x[1]), 3) { Observed = [false, true, true] };
        SolveResult result = Solver.Solve(problem, [1, 2, 3], [5, 6, 0]);
        Assert.Equal(StoppingCriterion.NonFiniteDerivative, result.Criterion);
        Assert.Equal(new NonFiniteReport(0, -1, 1, 2, 2), result.Summary.NonFinite);
    }

    /// <summary>From 100, a full step on sqrt(x) = 1 leads to -80.</summary>
    [Fact]
    public void A_step_into_a_region_that_is_not_finite_is_shortened()
    {
        SolveResult result = Solver.Solve(new InverseProblem(x => Value.Sqrt(x), 1), [1], [100]);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.Equal(1, result.X[0], 1e-6);
    }

    [Fact]
    public void A_model_that_is_finite_only_at_the_start_ends_as_not_finite()
    {
        SolveResult result = Solver.Solve(new InverseProblem(x => Value.Select(Value.EqualTo(x, 3), x, double.NaN), 1), [0], [3]);
        Assert.Equal((SolveStatus.NonFinite, StoppingCriterion.NonFiniteTrial), (result.Status, result.Criterion));
        Assert.Equal([3.0], result.X);
    }

    /// <summary>The lowest finite value is at 1, at the edge of what is finite, and is no minimum: the slope there is 1.</summary>
    [Fact]
    public void Steps_that_only_a_wall_of_NaN_makes_short_are_not_convergence()
    {
        SolveResult result = Solver.Solve(new InverseProblem(x => Value.Select(x < 1, double.NaN, x), 1), [0], [3]);
        Assert.NotEqual(SolveStatus.Converged, result.Status);
        Assert.InRange(result.X[0], 1, 1.5);
    }

    [Fact]
    public void A_model_that_overflows_on_the_way_is_no_obstacle()
    {
        SolveResult result = Solver.Solve(new InverseProblem(x => Value.Exp(x), 1), [2], [-8]);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Dense.AssertClose([Math.Log(2)], [.. result.X], 1e-6);
    }
}
