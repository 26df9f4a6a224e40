using Retrodict.Tests.Problems;
using Retrodict.Tests.Solvers;

namespace Retrodict.Tests.Deceptron;

/// <summary>What the published form keeps to like every solver; convergence other than at its tolerance is none of it.</summary>
public sealed class PublishedContractTests
{
    private const int FaultsSwept = 12;

    public static TheoryData<string> Cases => [.. ContractCases.All.Where(c => c.Value.Problem.Observed is null).Select(c => c.Key)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Points_are_feasible_counts_exact_and_the_point_returned_is_the_best(string name)
    {
        (ContractCase c, DeceptronGradientPublished solver) = Case(name);
        (Session session, FaultyObjective model) = FaultyObjective.Prepare(solver, solver.Restate(c.Problem));
        SolveResult result = session.Solve(c.Observation, c.Start);
        AssertSound(c, model, result);
        Assert.Equal(model.Derivatives, result.Summary.Evaluations.Vjp);
        Assert.Equal(0, result.Summary.Evaluations.Jvp + result.Summary.Evaluations.LinearSolves);

        // g(y) once, and once more for every halving.
        long first = result.History.Count - 1 + (
            result.Criterion is StoppingCriterion.LineSearch or StoppingCriterion.NonFiniteTrial ? 1 : 0);
        long trials = result.Summary.Evaluations.Model - 1;
        Assert.Equal((first > 0 ? 1 : 0) + trials - first, result.Summary.Evaluations.ReverseMap);
        Assert.All(result.History.Skip(1), record => Assert.True(record.CostChange >= 0));
        Assert.Equal(
            result.Criterion == StoppingCriterion.Residual, result.Status == SolveStatus.Converged
                && result.Criterion != StoppingCriterion.Gradient && result.Criterion != StoppingCriterion.Cost);
        Assert.Equal(result.Summary, session.Solve(c.Observation, c.Start).Summary);
        Assert.Equal(result.X, solver.Solve(c.Problem, c.Observation, c.Start).X);
    }

    [Theory]
    [InlineData("exponential fit")]
    [InlineData("prior, box")]
    [InlineData("half-open box")]
    [InlineData("rank deficient")]
    public void Faults_at_any_call_are_reported_and_never_called_convergence(string name)
    {
        (ContractCase c, DeceptronGradientPublished solver) = Case(name);
        (Session session, FaultyObjective model) = FaultyObjective.Prepare(solver, solver.Restate(c.Problem));
        SolveResult clean = session.Solve(c.Observation, c.Start);
        foreach (double wrong in new[] { double.NaN, double.PositiveInfinity })
        {
            for (int n = 1; n <= FaultsSwept; n++)
            {
                model.AtEvaluation = (count, residual) => residual[0] = count == n ? wrong : residual[0];
                SolveResult result = session.Solve(c.Observation, c.Start);
                model.AtEvaluation = static (_, _) => { };
                AssertSound(c, model, result);
                Assert.Equal(n <= result.Summary.Evaluations.Model, result.Summary.NonFinite is not null);
                model.AtDerivative = (count, values) => values[0] = count == n ? wrong : values[0];
                result = session.Solve(c.Observation, c.Start);
                model.AtDerivative = static (_, _) => { };
                AssertSound(c, model, result);
                Assert.True(result.Status != SolveStatus.Converged || result.Summary.Residual <= 0.3);
                Assert.Equal(clean.Summary, session.Solve(c.Observation, c.Start).Summary);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_warm_solve_allocates_nothing(string name)
    {
        (ContractCase c, DeceptronGradientPublished solver) = Case(name);
        AssertNoAllocation(solver.Prepare(c.Problem), c);
    }

    /// <summary>From the estimate on, as it comes.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Nor_does_one_of_the_safeguarded_solver(string name)
    {
        (ContractCase c, DeceptronGradientPublished published) = Case(name);
        GaussianPrior errors = GaussianPrior.FromCovariance(new double[c.Problem.Unknowns], Dense.Flat(Dense.Identity(c.Problem.Unknowns)));
        AssertNoAllocation(new DeceptronGradient { ReverseMap = published.ReverseMap }.Prepare(c.Problem), c);
        AssertNoAllocation(new DeceptronGradient { ReverseMap = published.ReverseMap with { Errors = errors } }.Prepare(c.Problem), c);
    }

    private static (ContractCase Case, DeceptronGradientPublished Solver) Case(string name)
    {
        ContractCase c = ContractCases.All[name];
        return (c, new DeceptronGradientPublished { ReverseMap = CrudeMaps.Linear(c.Problem) });
    }

    private static void AssertSound(ContractCase c, FaultyObjective model, SolveResult result)
    {
        Assert.All([.. model.Points, [.. result.X]], x => Assert.True(x.All(double.IsFinite) && !c.Problem.Bounds.Project([.. x])));
        Assert.Equal(model.Evaluated.Count, result.Summary.Evaluations.Model);
        double best = model.Costs.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        if (double.IsNaN(best))
        {
            Assert.Equal(SolveStatus.NonFinite, result.Status);
            return;
        }

        Assert.Contains(
            model.Evaluated.Where((_, i) => model.Costs[i] == result.Summary.Cost), x => x.AsSpan().SequenceEqual([.. result.X]));
    }

    private static void AssertNoAllocation(Session session, ContractCase c)
    {
        var x = new double[c.Problem.Unknowns];
        session.Solve(c.Observation, c.Start, x);
        session.Solve(c.Observation, c.Start, x);
        long least = long.MaxValue;
        for (int repeat = 0; repeat < 3; repeat++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            session.Solve(c.Observation, c.Start, x);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
