namespace Retrodict.Tests.Solvers;

/// <content>Budgets and stalls.</content>
public abstract partial class SolverContract
{
    private const int EvaluationsSwept = 20;

    public static TheoryData<string> LimitedCases =>
        ["exponential fit", "half-open box", "prior, box", "fewer observations", "cauchy, prior, box"];

    [Theory]
    [MemberData(nameof(LimitedCases))]
    public void A_limit_on_evaluations_is_met_exactly(string name)
    {
        ContractCase c = Case(name);
        SolveResult full = c.SolveWith(Solver);
        for (int limit = 1; limit <= EvaluationsSwept; limit++)
        {
            Solver limited = Solver with { Stopping = Stopping with { MaxEvaluations = limit } };
            (Session session, FaultyObjective model) = FaultyObjective.Prepare(limited, c.Problem);
            SolveResult result = session.Solve(c.Observation, c.Start);
            AssertSound(c, model, result, $"{limit} evaluations");
            AssertBudget(full, result, limit, StoppingCriterion.Evaluations);
        }
    }

    /// <summary>Every evaluation takes a second of a clock that stands still otherwise.</summary>
    [Theory]
    [MemberData(nameof(LimitedCases))]
    public void A_limit_on_time_ends_a_solve_before_the_next_evaluation(string name)
    {
        ContractCase c = Case(name);
        SolveResult full = c.SolveWith(Solver);
        for (int limit = 1; limit <= EvaluationsSwept; limit++)
        {
            SecondHand clock = new();
            Solver limited = Solver with { Stopping = Stopping with { TimeLimit = TimeSpan.FromSeconds(limit - 0.5), Clock = clock } };
            (Session session, FaultyObjective model) = FaultyObjective.Prepare(limited, c.Problem);
            model.AtEvaluation = (_, _) => clock.Seconds++;

            // Later than zero, so that only the time since the solve began can count.
            clock.Seconds = 1000;
            SolveResult result = session.Solve(c.Observation, c.Start);
            AssertSound(c, model, result, $"{limit} seconds");
            AssertBudget(full, result, limit, StoppingCriterion.Time);
        }
    }

    [Fact]
    public void No_time_at_all_evaluates_the_start_alone()
    {
        ContractCase c = Case("exponential fit");
        SolveResult result = c.SolveWith(Solver with { Stopping = Stopping with { TimeLimit = TimeSpan.Zero } });
        Assert.Equal((SolveStatus.Budget, StoppingCriterion.Time, 1), (result.Status, result.Criterion, result.Summary.Evaluations.Model));
        Assert.Equal(c.Start, result.X);
    }

    /// <summary>Whatever lowers the objective by less than half of it is little progress here.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void As_many_iterations_of_little_progress_in_a_row_as_asked_for_are_a_stall(int patience)
    {
        foreach (string name in new[] { "exponential fit", "prior, box", "fewer observations", "cauchy" })
        {
            ContractCase c = Case(name);
            SolveResult full = c.SolveWith(Solver);
            int stalled = 0;
            int end = 1;
            for (; end < full.History.Count && stalled < patience; end++)
            {
                stalled = full.History[end].CostChange <= 0.5 * full.History[end - 1].Cost ? stalled + 1 : 0;
            }

            SolveResult result = c.SolveWith(Solver with { Stopping = Stopping with { StallTolerance = 0.5, StallPatience = patience } });
            if (stalled < patience || end == full.History.Count)
            {
                // It converges before, or with the last of these iterations.
                Assert.Equal(full.Status, result.Status);
                continue;
            }

            Assert.Equal(
                (SolveStatus.Stalled, StoppingCriterion.Stall, end - 1), (result.Status, result.Criterion, result.Summary.Iterations));
            Assert.Equal(full.History.Take(end), result.History);
        }
    }

    [Fact]
    public void Limits_are_off_by_default()
    {
        Assert.Null(Stopping.MaxEvaluations);
        Assert.Null(Stopping.TimeLimit);
        Assert.Null(Stopping.StallTolerance);
    }

    private static void AssertBudget(SolveResult full, SolveResult result, int limit, StoppingCriterion criterion)
    {
        Assert.InRange(result.Summary.Evaluations.Model, 1, limit);
        if (full.Summary.Evaluations.Model <= limit)
        {
            Assert.Equal(full.Status, result.Status);
            Assert.Equal(full.X, result.X);
        }
        else
        {
            Assert.Equal((SolveStatus.Budget, criterion, limit), (result.Status, result.Criterion, result.Summary.Evaluations.Model));
        }
    }

    private sealed class SecondHand : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
