namespace Retrodict.Tests.Solvers;

/// <content>What a solve cost.</content>
public abstract partial class SolverContract
{
    [Theory]
    [MemberData(nameof(Cases))]
    public void Evaluations_are_counted_exactly(string name)
    {
        ContractCase c = Case(name);
        (Session session, WatchedObjective watched) = WatchedObjective.Prepare(Solver, c.Problem);
        SolveResult result = session.Solve(c.Observation, c.Start);
        EvaluationCounts counts = result.Summary.Evaluations;
        Assert.Equal(watched.Evaluated.Count, counts.Model);
        Assert.True(counts.Model > result.Summary.Iterations);
        bool forward = watched.Unknowns <= watched.Rows;
        Assert.True(counts.Jvp >= (forward ? watched.Linearized.Count * watched.Unknowns : 0));
        Assert.True(counts.Vjp >= (forward ? 0 : watched.Linearized.Count * watched.Rows));
        Assert.Equal(result.Summary.Iterations, result.History.Count - 1);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_second_solve_of_a_session_counts_from_the_start(string name)
    {
        ContractCase c = Case(name);
        Session session = Solver.Prepare(c.Problem);
        EvaluationCounts first = session.Solve(c.Observation, c.Start).Summary.Evaluations;
        Assert.Equal(first, session.Solve(c.Observation, c.Start).Summary.Evaluations);
    }

    [Fact]
    public void At_the_solution_a_solve_evaluates_once_and_takes_no_step()
    {
        ContractCase c = Case("linear, exact data") with { Start = [1, 2] };
        SolveResult result = c.SolveWith(Solver);
        Assert.Equal((SolveStatus.Converged, StoppingCriterion.Gradient, 0), (result.Status, result.Criterion, result.Summary.Iterations));
        Assert.Equal([1, 2], result.X);
        Assert.Equal(0, result.Summary.Cost);
        Assert.Equal(1, result.Summary.Evaluations.Model);
        Assert.Equal(0, result.Summary.Evaluations.LinearSolves);
    }

    /// <summary>Solving again from the point found must not end worse than before, up to the rounding of the objective, within which trust
    /// regions take full steps.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_solve_from_the_point_found_converges_there(string name)
    {
        ContractCase c = Case(name);
        SolveResult first = c.SolveWith(Solver);
        SolveResult again = (c with { Start = [.. first.X] }).SolveWith(Solver);
        Assert.Equal(SolveStatus.Converged, again.Status);
        Assert.InRange(again.Summary.Iterations, 0, IterationsAtSolution);
        Assert.True(again.Summary.Cost <= first.Summary.Cost * (1 + RoundingAtSolution));
    }
}
