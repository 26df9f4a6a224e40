using OwnMethod;
using Retrodict.Autodiff;
using Retrodict.Solvers;

namespace Retrodict.Tests.Solvers;

/// <summary>What parts of one's own cannot do, however they are written.</summary>
public sealed class OwnPartsTests
{
    private static readonly InverseProblem _problem = new(x => Value.Exp(x), 2) { Bounds = new Box(0, 5) };

    [Fact]
    public void A_trial_that_was_not_evaluated_cannot_be_accepted()
    {
        Assembled solver = new((_, trial) =>
        {
            trial.Evaluate();
            trial.Step([1, 1], 0.5);
            return SearchOutcome.Accepted;
        });
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => solver.Solve(_problem, [2, 3], [1, 1]));
        Assert.Contains("Scripted", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_that_does_not_ask_for_the_limits_is_held_to_them()
    {
        Assembled solver = new((point, trial) =>
        {
            for (int k = 0; k < 10; k++)
            {
                trial.MoveTo(point.X);
                trial.Evaluate();
            }

            return SearchOutcome.Exhausted;
        }) { Stopping = new StoppingRule { MaxEvaluations = 4 } };
        SolveSummary summary = solver.Solve(_problem, [2, 3], [1, 1]).Summary;
        Assert.Equal(
            (SolveStatus.Budget, StoppingCriterion.Evaluations, 4), (summary.Status, summary.Criterion, summary.Evaluations.Model));
    }

    [Fact]
    public void A_search_that_stops_without_a_limit_has_found_nothing()
    {
        Assembled solver = new((_, _) => SearchOutcome.Stopped);
        Assert.Equal(StoppingCriterion.LineSearch, solver.Solve(_problem, [2, 3], [1, 1]).Criterion);
    }

    [Fact]
    public void Trials_lie_in_the_box()
    {
        double[] tried = [];
        Assembled solver = new((_, trial) =>
        {
            trial.Step([-7, 9], 2);
            tried = trial.X.ToArray();
            return SearchOutcome.Exhausted;
        });
        solver.Solve(_problem, [2, 3], [1, 1]);
        Assert.Equal([0.0, 5], tried);
    }

    [Fact]
    public void The_lowest_point_is_returned_wherever_a_search_has_gone()
    {
        Assembled solver = new((_, trial) =>
        {
            trial.Step([1, 1], 1);
            trial.Evaluate();
            return SearchOutcome.Accepted;
        }) { Stopping = new StoppingRule { MaxIterations = 3 } };
        SolveResult result = solver.Solve(_problem, [2, 3], [1, 1]);
        Assert.Equal([1.0, 1], result.X);
        Assert.Equal(3, result.Summary.Iterations);
    }

    [Fact]
    public void A_trust_region_serves_the_direction_that_it_was_made_for()
    {
        Objective objective = Objective.Compile(_problem, Precision.Float64, null);
        TrustRegion region = new(new TrustRegionOptions(), objective, new BarzilaiBorweinDirection(objective));
        ArgumentException e = Assert.Throws<ArgumentException>(() => new SolverParts(new BarzilaiBorweinDirection(objective), region));
        Assert.Equal("globalizer", e.ParamName);
    }

    [Fact]
    public void Wrong_lengths_are_refused_by_name()
    {
        Point point = new(Objective.Compile(_problem, Precision.Float64, null));
        Assert.Equal("jacobian", Assert.Throws<ArgumentException>(() => point.ComputeJacobian(new double[3])).ParamName);
        Assert.Equal("vector", Assert.Throws<ArgumentException>(() => point.Times(new double[3], new double[2])).ParamName);
        Assert.Equal("product", Assert.Throws<ArgumentException>(() => point.TransposedTimes(new double[2], new double[1])).ParamName);
        Assert.Equal("matrix", Assert.Throws<ArgumentException>(() => point.ComputeCurvature(new double[2])).ParamName);
        Trial trial = new(point, SolveLimits.None);
        Assert.Equal("direction", Assert.Throws<ArgumentException>(() => trial.Step(new double[1], 1)).ParamName);
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => trial.MoveTo(new double[1])).ParamName);
    }

    /// <summary>Steepest descent, and a search that does what it is told.</summary>
    private sealed record Assembled(Func<Point, Trial, SearchOutcome> Search) : Solver
    {
        public override string Name => "assembled";

        protected override SolverParts Assemble(Objective objective) => new(new Descent(), new Scripted(Search));
    }

    private sealed class Descent : Direction
    {
        public override bool Linearize(Point point, ProposalDraft draft)
        {
            point.ComputeGradient();
            draft.Optimality = 1;
            return true;
        }

        public override void Compute(Point point, ProposalDraft draft)
        {
            for (int i = 0; i < point.X.Length; i++)
            {
                draft.Direction[i] = -point.Gradient[i];
            }

            draft.PredictedDecrease = 1;
        }
    }

    private sealed class Scripted(Func<Point, Trial, SearchOutcome> search) : Globalizer
    {
        public override SearchOutcome Search(Point point, Proposal proposal, Trial trial) => search(point, trial);
    }
}
