using Retrodict.Autodiff;

namespace Retrodict.Tests.Solvers;

/// <content>Every criterion fires, is named, and can be off.</content>
public abstract partial class SolverContract
{
    [Fact]
    public void The_gradient_criterion_ends_a_solve() =>
        AssertEnds("exponential fit", rule => rule with { GradientTolerance = 1e-6 }, StoppingCriterion.Gradient);

    [Fact]
    public void The_step_criterion_ends_a_solve() =>
        AssertEnds("exponential fit", rule => rule with { StepTolerance = 1e-6 }, StoppingCriterion.Step);

    [Fact]
    public void The_cost_criterion_ends_a_solve() =>
        AssertEnds("exponential fit", rule => rule with { CostTolerance = 1e-6 }, StoppingCriterion.Cost);

    [Fact]
    public void The_residual_criterion_ends_a_solve()
    {
        SolveResult result = AssertEnds("prior", rule => rule with { ResidualTolerance = 0.45 }, StoppingCriterion.Residual);
        Assert.InRange(result.Summary.Residual, 0, 0.45);
    }

    [Fact]
    public void The_discrepancy_criterion_ends_a_solve()
    {
        SolveResult result = AssertEnds("exponential fit", rule => rule with { DiscrepancyTolerance = 1.5 }, StoppingCriterion.Discrepancy);
        Assert.InRange(result.Summary.Discrepancy, 0, 1.5);
    }

    [Fact]
    public void A_start_that_meets_the_residual_or_the_discrepancy_is_returned()
    {
        ContractCase c = Case("exponential fit");
        SolveResult residual = c.SolveWith(Only(rule => rule with { ResidualTolerance = 1e6 }));
        SolveResult discrepancy = c.SolveWith(Only(rule => rule with { DiscrepancyTolerance = 1e6 }));
        Assert.Equal((StoppingCriterion.Residual, 0), (residual.Criterion, residual.Summary.Iterations));
        Assert.Equal((StoppingCriterion.Discrepancy, 0), (discrepancy.Criterion, discrepancy.Summary.Iterations));
        Assert.Equal(new EvaluationCounts(1, 0, 0, 0, 0), residual.Summary.Evaluations);
    }

    [Fact]
    public void Looser_tolerances_end_earlier()
    {
        ContractCase c = Case("exponential fit");
        int loose = c.SolveWith(Only(rule => rule with { GradientTolerance = 1e-2 })).Summary.Iterations;
        int tight = c.SolveWith(Only(rule => rule with { GradientTolerance = 1e-9 })).Summary.Iterations;
        Assert.True(loose < tight);
    }

    /// <summary>Nothing may claim convergence then, except a gradient of exactly zero, beyond which there is nothing to do.</summary>
    [Theory]
    [InlineData("linear")]
    [InlineData("exponential fit")]
    [InlineData("exponential fit, at a bound")]
    [InlineData("prior")]
    public void With_every_criterion_off_a_solve_goes_on_until_nothing_more_is_gained(string name)
    {
        SolveResult result = Case(name).SolveWith(Only(rule => rule));
        Assert.Contains(
            result.Criterion, new[] { StoppingCriterion.LineSearch, StoppingCriterion.TrustRegion, StoppingCriterion.Iterations,
                StoppingCriterion.Gradient });
        Assert.Equal(Case(name).SolveWith(Solver).Summary.Cost, result.Summary.Cost, 1e-6 * result.Summary.Cost);
    }

    [Fact]
    public void A_limit_of_zero_iterations_evaluates_the_start_alone()
    {
        SolveResult result = Case("exponential fit").SolveWith(Limited(0));
        Assert.Equal((SolveStatus.MaxIterations, StoppingCriterion.Iterations), (result.Status, result.Criterion));
        Assert.Equal(1, result.Summary.Evaluations.Model);
    }

    /// <summary>The model is -x, but its derivative says 1: down is up.</summary>
    [Fact]
    public void A_derivative_that_points_the_wrong_way_stalls()
    {
        SolveResult result = Solver.Solve(new InverseProblem(x => x - (2 * Value.StopGradient(x)), 1), [1], [1]);
        Assert.Equal(SolveStatus.Stalled, result.Status);
        Assert.Contains(result.Criterion, new[] { StoppingCriterion.LineSearch, StoppingCriterion.TrustRegion });
        Assert.Equal([1.0], result.X);
        Assert.Equal(2, result.Summary.Cost);
    }

    private SolveResult AssertEnds(string name, Func<StoppingRule, StoppingRule> only, StoppingCriterion criterion)
    {
        SolveResult result = Case(name).SolveWith(Only(only));
        Assert.Equal((SolveStatus.Converged, criterion), (result.Status, result.Criterion));
        return result;
    }
}
