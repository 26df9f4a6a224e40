using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <content>Models that fail at one call of a solve, each in turn.</content>
public abstract partial class SolverContract
{
    private const int FaultsSwept = 12;

    public static TheoryData<string> FaultCases =>
        ["exponential fit", "exponential fit, at a bound", "prior, box", "rank deficient", "logarithm", "soft l1", "cauchy, prior, box",
            "masked, correlated noise, prior, box"];

    [Theory]
    [MemberData(nameof(FaultCases))]
    public void An_evaluation_that_is_not_finite_shortens_a_step_and_is_reported(string name)
    {
        ContractCase c = Case(name);
        SolveResult clean = c.SolveWith(Solver);
        (Session session, FaultyObjective model) = FaultyObjective.Prepare(Solver, c.Problem);
        int row = model.MisfitRows / 2;
        foreach (double wrong in new[] { double.NaN, double.PositiveInfinity })
        {
            for (int n = 1; n <= FaultsSwept; n++)
            {
                int iteration = 0;
                int told = 0;
                model.AtEvaluation = (count, residual) =>
                {
                    if (count == n)
                    {
                        residual[row] = wrong;
                        iteration = told;
                    }
                };
                SolveResult result = session.Solve(c.Observation, c.Start, new Listener(_ => told++));
                AssertSound(c, model, result, $"{wrong} in evaluation {n}");
                if (n > clean.Summary.Evaluations.Model)
                {
                    AssertSameBits(clean, result);
                    break;
                }

                Assert.Equal(new NonFiniteReport(iteration, model.Position(row), 1), result.Summary.NonFinite);
                Assert.Equal(n == 1 ? SolveStatus.NonFinite : SolveStatus.Converged, result.Status);
                Assert.True(n > 1 || iteration == 0);
            }
        }
    }

    /// <summary>Where a derivative is not finite a method may end, and say so, or do without; it may not go astray.</summary>
    [Theory]
    [MemberData(nameof(FaultCases))]
    public void A_derivative_that_is_not_finite_is_no_convergence(string name)
    {
        ContractCase c = Case(name);
        SolveResult clean = c.SolveWith(Solver);
        (Session session, FaultyObjective model) = FaultyObjective.Prepare(Solver, c.Problem);
        foreach (double wrong in new[] { double.NaN, double.PositiveInfinity })
        {
            for (int n = 1; n <= FaultsSwept; n++)
            {
                bool met = false;
                model.AtDerivative = (count, values) =>
                {
                    if (count == n)
                    {
                        values[values.Length / 2] = wrong;
                        met = true;
                    }
                };
                SolveResult result = session.Solve(c.Observation, c.Start);
                AssertSound(c, model, result, $"{wrong} in derivative {n}");
                if (!met)
                {
                    AssertSameBits(clean, result);
                    break;
                }

                Assert.True(MayIgnoreADerivative || result.Summary.NonFinite is not null, $"{name}: {wrong} in derivative {n} is " +
                    $"not reported by {result}");
                if (result.Status == SolveStatus.NonFinite)
                {
                    Assert.Equal(StoppingCriterion.NonFiniteDerivative, result.Criterion);
                    Assert.Equal(-1, result.Summary.NonFinite?.Residual);
                }
            }
        }
    }

    [Theory]
    [InlineData("exponential fit")]
    [InlineData("exponential fit, at a bound")]
    [InlineData("cauchy, prior, box")]
    public void What_a_model_throws_passes_through_and_leaves_the_session_as_new(string name)
    {
        ContractCase c = Case(name);
        SolveResult clean = c.SolveWith(Solver);
        (Session session, FaultyObjective model) = FaultyObjective.Prepare(Solver, c.Problem);
        for (int n = 1; n <= FaultsSwept; n++)
        {
            void Throw(int count, Span<double> _)
            {
                if (count == n)
                {
                    throw new TimeZoneNotFoundException("mine");
                }
            }

            AssertThrows(() => model.AtEvaluation = Throw, n <= clean.Summary.Evaluations.Model);
            AssertThrows(() => model.AtDerivative = Throw, null);
        }

        void AssertThrows(Action arm, bool? expected)
        {
            arm();
            Exception? thrown = Record.Exception(() => session.Solve(c.Observation, c.Start));
            Assert.True(thrown is null or TimeZoneNotFoundException { Message: "mine" });
            Assert.Equal(expected ?? thrown is not null, thrown is not null);
            (model.AtEvaluation, model.AtDerivative) = (static (_, _) => { }, static (_, _) => { });
            AssertSameBits(clean, session.Solve(c.Observation, c.Start));
        }
    }

    /// <summary>Cancelled while the model runs, a solve makes no further evaluation.</summary>
    [Theory]
    [MemberData(nameof(FaultCases))]
    public void Cancelled_at_any_evaluation_a_solve_ends_with_the_best_point(string name)
    {
        ContractCase c = Case(name);
        SolveResult clean = c.SolveWith(Solver);
        (Session session, FaultyObjective model) = FaultyObjective.Prepare(Solver, c.Problem);
        for (int n = 1; n <= Math.Min(FaultsSwept, clean.Summary.Evaluations.Model); n++)
        {
            using CancellationTokenSource source = new();
            model.AtEvaluation = (count, _) =>
            {
                if (count == n)
                {
                    source.Cancel();
                }
            };
            SolveResult result = session.Solve(c.Observation, c.Start, null, source.Token);
            AssertSound(c, model, result, $"cancelled in evaluation {n}");
            Assert.Equal(n, result.Summary.Evaluations.Model);
            if (n < clean.Summary.Evaluations.Model)
            {
                Assert.Equal((SolveStatus.Cancelled, StoppingCriterion.Cancelled), (result.Status, result.Criterion));
            }
        }
    }

    /// <summary>Points are feasible and finite, counts are exact, the point returned is the best one, and convergence means the first-order
    /// conditions.</summary>
    private static void AssertSound(ContractCase c, FaultyObjective model, SolveResult result, string what)
    {
        Assert.All([.. model.Points, [.. result.X]], x => Assert.True(x.All(double.IsFinite) && !c.Problem.Bounds.Project([.. x]), what));
        Assert.Equal(model.Evaluated.Count, result.Summary.Evaluations.Model);
        double best = model.Costs.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        if (double.IsNaN(best))
        {
            Assert.Equal(SolveStatus.NonFinite, result.Status);
            return;
        }

        // Searches look for enough of a decrease: one of rounding size may pass them by.
        Assert.True(result.Summary.Cost <= best * (1 + 1e-10), $"{what}: {result}, but {best:R} was found");
        Assert.Contains(
            model.Evaluated.Where((_, i) => model.Costs[i] == result.Summary.Cost), x => x.AsSpan().SequenceEqual([.. result.X]));
        if (result.Status == SolveStatus.Converged)
        {
            AssertNothingToGain(c, result);
        }
    }

    /// <summary>No free unknown could alone lower the objective by more than a share of it: ten times what the criterion on it
    /// allows.</summary>
    private static void AssertNothingToGain(ContractCase c, SolveResult result, double share = 1e-7)
    {
        ReferenceObjective objective = new(c.Problem, c.Observation);
        double[] x = [.. result.X];
        for (int i = 0; i < x.Length; i++)
        {
            double slope = objective.Derivative(x, i);
            bool held = (x[i] == c.Problem.Bounds.Lower(i) && slope > 0) || (x[i] == c.Problem.Bounds.Upper(i) && slope < 0);
            double gain = slope * slope / (2 * Math.Abs(objective.Curvature(x, i)));
            Assert.True(held || gain <= (share * result.Summary.Cost) + 1e-13, $"{result}: unknown {i} could gain {gain}.");
        }
    }
}
