using Retrodict.Autodiff;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <content>What a status promises.</content>
public abstract partial class SolverContract
{
    /// <summary>Independent of the solver's own derivatives: difference quotients of the textbook objective.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_case_converges_to_a_point_where_the_first_order_conditions_hold(string name)
    {
        ContractCase c = Case(name);
        SolveResult result = c.SolveWith(Solver);
        Assert.Equal(SolveStatus.Converged, result.Status);
        AssertFirstOrder(c, result);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_point_returned_is_the_best_evaluated_one_and_has_exactly_the_reported_cost(string name)
    {
        ContractCase c = Case(name);
        for (int limit = 0; limit <= 3; limit++)
        {
            (Session session, WatchedObjective watched) = WatchedObjective.Prepare(Limited(limit), c.Problem);
            SolveResult result = session.Solve(c.Observation, c.Start);
            int best = watched.Costs.IndexOf(watched.Costs.Where(double.IsFinite).Min());
            Assert.Equal(watched.Costs[best], result.Summary.Cost);
            Assert.Contains(
                watched.Evaluated.Where((_, i) => watched.Costs[i] == result.Summary.Cost), x => x.AsSpan().SequenceEqual([.. result.X]));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Cost_residual_and_discrepancy_are_those_of_the_point_returned(string name)
    {
        ContractCase c = Case(name);
        foreach (SolveResult result in new[] { c.SolveWith(Solver), c.SolveWith(Limited(1)), c.SolveWith(Limited(0)) })
        {
            ReferenceObjective objective = new(c.Problem, c.Observation);
            double[] x = [.. result.X];
            AssertNear(objective.Cost(x), result.Summary.Cost);
            AssertNear(objective.RootMeanSquare(x, c.Problem.ObservationScale), result.Summary.Residual);
            AssertNear(objective.Discrepancy(x), result.Summary.Discrepancy);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_limit_on_iterations_ends_the_solve_there_and_says_so(string name)
    {
        ContractCase c = Case(name);
        SolveResult full = c.SolveWith(Solver);
        for (int limit = 0; limit < Math.Min(full.Summary.Iterations, 5); limit++)
        {
            SolveResult result = c.SolveWith(Limited(limit));
            Assert.Equal(
                (SolveStatus.MaxIterations, StoppingCriterion.Iterations, limit), (
                    result.Status, result.Criterion, result.Summary.Iterations));
            Assert.Equal(full.History.Take(limit + 1), result.History);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_limit_on_iterations_does_not_hide_convergence(string name)
    {
        ContractCase c = Case(name);
        SolveResult full = c.SolveWith(Solver);
        AssertSameBits(full, c.SolveWith(Limited(full.Summary.Iterations)));
    }

    [Fact]
    public void Cancelled_before_the_start_a_solve_evaluates_once_and_returns_the_start()
    {
        ContractCase c = Case("exponential fit");
        SolveResult result = Solver.Solve(c.Problem, c.Observation, c.Start, null, new CancellationToken(canceled: true));
        Assert.Equal((SolveStatus.Cancelled, StoppingCriterion.Cancelled, 0), (result.Status, result.Criterion, result.Summary.Iterations));
        Assert.Equal(c.Start, result.X);
        Assert.Equal(1, result.Summary.Evaluations.Model);
        AssertNear(new ReferenceObjective(c.Problem, c.Observation).Cost(c.Start), result.Summary.Cost);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Cancelled_at_an_iteration_a_solve_ends_with_its_point(int iteration)
    {
        ContractCase c = Case("exponential fit");
        using CancellationTokenSource source = new();
        Listener listener = new(record =>
        {
            if (record.Iteration == iteration)
            {
                source.Cancel();
            }
        });
        SolveResult result = Solver.Solve(c.Problem, c.Observation, c.Start, listener, source.Token);
        Assert.Equal((SolveStatus.Cancelled, iteration), (result.Status, result.Summary.Iterations));
        Assert.Equal(c.SolveWith(Limited(iteration)).X, result.X);
    }

    [Fact]
    public void Progress_is_told_what_the_history_says()
    {
        ContractCase c = Case("exponential fit");
        List<IterationRecord> told = [];
        SolveResult result = Solver.Solve(c.Problem, c.Observation, c.Start, new Listener(told.Add));
        Assert.Equal(told, result.History);
        Assert.Equal(Enumerable.Range(0, result.Summary.Iterations + 1), told.Select(record => record.Iteration));
        Assert.Equal(result.Summary.Cost, IsMonotone ? told[^1].Cost : told.Min(record => record.Cost));
        for (int i = 1; i < told.Count; i++)
        {
            Assert.Equal(told[i - 1].Cost - told[i].Cost, told[i].CostChange);
            Assert.True(told[i].CostChange >= 0 || !IsMonotone);
            Assert.True(told[i].Step > 0);
        }
    }

    [Fact]
    public void A_solve_whose_listener_throws_leaves_the_session_usable()
    {
        ContractCase c = Case("exponential fit");
        Session session = Solver.Prepare(c.Problem);
        Listener thrower = new(_ => throw new InvalidOperationException("enough"));
        Assert.Throws<InvalidOperationException>(() => session.Solve(c.Observation, c.Start, thrower));
        AssertSameBits(c.SolveWith(Solver), session.Solve(c.Observation, c.Start));
    }

    private static void AssertFirstOrder(ContractCase c, SolveResult result)
    {
        ReferenceObjective objective = new(c.Problem, c.Observation);
        double[] x = [.. result.X];
        for (int i = 0; i < x.Length; i++)
        {
            double derivative = objective.Derivative(x, i);
            bool held = (x[i] == c.Problem.Bounds.Lower(i) && derivative > 0) || (x[i] == c.Problem.Bounds.Upper(i) && derivative < 0);
            if (!held && c.Problem.Bounds.Lower(i) < c.Problem.Bounds.Upper(i))
            {
                Assert.True(
                    Math.Abs(derivative) <= (1e-3 * result.Summary.Cost) + 1e-7,
                        $"{result}: the derivative by unknown {i} is {derivative}.");
            }
        }
    }

    private static void AssertNear(double expected, double actual) => Assert.Equal(expected, actual, (1e-10 * Math.Abs(expected)) + 1e-13);
}
