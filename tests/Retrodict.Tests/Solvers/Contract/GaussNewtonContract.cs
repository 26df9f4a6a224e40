namespace Retrodict.Tests.Solvers;

public sealed class GaussNewtonContract : SolverContract
{
    protected override Solver Solver { get; } = new GaussNewton();

    /// <summary>One evaluation at the start; one a trial, and every trial but the last of a search halves the step; one Jacobian, of a
    /// column or a row at a time, and one linear solve a step, or several where bounds hold; and one more Jacobian where its gradient ended
    /// the solve.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Counts_follow_from_the_history(string name)
    {
        ContractCase c = ContractCases.All[name];
        SolveResult result = c.SolveWith(Solver);
        long trials = result.History.Skip(1).Sum(record => 1 + (long)Math.Round(-Math.Log2(record.StepFactor)));
        int rows = (c.Problem.Observed?.Count(seen => seen) ?? c.Problem.Observations) + (c.Problem.Prior is null ? 0 : c.Problem.Unknowns);
        long steps = result.Summary.Iterations;
        long jacobians = steps + (result.Criterion == StoppingCriterion.Gradient ? 1 : 0);
        bool forward = c.Problem.Unknowns <= rows;
        Assert.NotEqual(StoppingCriterion.LineSearch, result.Criterion);
        long solves = result.Summary.Evaluations.LinearSolves;
        Assert.Equal(
            new EvaluationCounts(1 + trials, forward ? jacobians * c.Problem.Unknowns : 0, forward ? 0 : jacobians * rows, 0, solves),
            result.Summary.Evaluations);
        Assert.InRange(solves, steps, c.Problem.Bounds == Box.Unbounded ? steps : steps * c.Problem.Unknowns);
    }
}
