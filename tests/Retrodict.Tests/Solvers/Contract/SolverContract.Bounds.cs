using Retrodict.Autodiff;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <content>The box.</content>
public abstract partial class SolverContract
{
    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_evaluated_point_is_inside_the_box(string name)
    {
        ContractCase c = Case(name);
        (Session session, WatchedObjective watched) = WatchedObjective.Prepare(Solver, c.Problem);
        SolveResult result = session.Solve(c.Observation, c.Start);
        Assert.All([.. watched.Evaluated, .. watched.Linearized, [.. result.X]], x => Assert.False(c.Problem.Bounds.Project([.. x])));
        AssertSameBits(result, c.SolveWith(Solver));
    }

    /// <summary>Were the model evaluated outside even once, its values there would change counts, steps or points.</summary>
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1e6)]
    [InlineData(-1e6)]
    public void What_the_model_says_outside_of_the_box_changes_nothing(double outside)
    {
        Box box = new([0, 0.2], [1.5, 1]);
        ContractCase With(double value) => Case("exponential fit, at a bound") with
        {
            Problem = new InverseProblem(
                x => ContractCases.Exponential(
                    Value.Select(x < Value.Constant([0, 0.2]), value, Value.Select(x > Value.Constant([1.5, 1]), value, x))), 2)
            {
                Bounds = box,
            },
        };
        AssertSameBits(With(0).SolveWith(Solver), With(outside).SolveWith(Solver));
    }

    [Fact]
    public void A_start_outside_is_moved_to_the_nearest_point_and_the_summary_says_so()
    {
        ContractCase c = Case("start outside");
        double[] inside = [.. c.Start];
        Assert.True(c.Problem.Bounds.Project(inside));
        SolveResult moved = c.SolveWith(Solver);
        SolveResult expected = (c with { Start = inside }).SolveWith(Solver);
        Assert.True(moved.Summary.StartProjected);
        Assert.False(expected.Summary.StartProjected);
        AssertSameBits(expected with { Summary = expected.Summary with { StartProjected = true } }, moved);
    }

    [Fact]
    public void A_start_at_a_bound_can_leave_it()
    {
        ContractCase c = Case("start at a bound");
        SolveResult result = c.SolveWith(Solver);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Dense.AssertClose([2, 0.8], [.. result.X], 0.02);
    }

    [Fact]
    public void A_component_with_equal_bounds_stays_exactly_there()
    {
        ContractCase c = Case("fixed component");
        (Session session, WatchedObjective watched) = WatchedObjective.Prepare(Solver, c.Problem);
        SolveResult result = session.Solve(c.Observation, c.Start);
        Assert.All(watched.Evaluated, x => Assert.Equal(0.3, x[1]));
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.True(result.Summary.StartProjected);
    }

    [Fact]
    public void A_box_of_one_point_is_solved_at_once()
    {
        ContractCase c =
            Case("exponential fit") with { Problem = Case("exponential fit").Problem with { Bounds = new Box([3, 1], [3, 1]) } };
        SolveResult result = c.SolveWith(Solver);
        Assert.Equal([3, 1], result.X);
        Assert.Equal((SolveStatus.Converged, 0), (result.Status, result.Summary.Iterations));
    }

    [Fact]
    public void A_bound_that_holds_the_solution_is_met_exactly()
    {
        Assert.Equal(1.5, Case("exponential fit, at a bound").SolveWith(Solver).X[0]);
        Assert.Equal(2.25, Case("half-open box").SolveWith(Solver).X[0]);
    }
}
