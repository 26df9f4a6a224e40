using Retrodict.Autodiff;
using Retrodict.Tests.Problems;
using Retrodict.Tests.Solvers;

namespace Retrodict.Tests.Deceptron;

/// <summary>However poor the reverse map, the solve ends no worse than Levenberg-Marquardt alone, and says what happened.</summary>
public sealed class SafeguardTests
{
    /// <summary>Exact data can be fitted to rounding, of which some is more than others.</summary>
    private const double Rounding = 1e-24;

    public static TheoryData<string, string> Combinations =>
        [.. from problem in LearnedProblems.Problems from map in LearnedProblems.Maps select new TheoryDataRow<string,
            string>(problem, map)];

    [Theory]
    [MemberData(nameof(Combinations))]
    public void No_solve_ends_worse_than_Levenberg_Marquardt_alone(string problem, string map)
    {
        foreach (int seed in Enumerable.Range(0, problem == "heat-1d" ? 3 : 12))
        {
            ContractCase c = LearnedProblems.Case(problem, 100 * seed);
            ReverseMap reverse = LearnedProblems.Map(map, c, seed);
            double alone = c.SolveWith(new LevenbergMarquardt()).Summary.Cost;
            foreach (PullBackForm form in new[] { PullBackForm.Increment, PullBackForm.Tangent })
            {
                foreach (bool atEstimate in new[] { true, false })
                {
                    SolveResult found = c.SolveWith(
                        new DeceptronGradient { ReverseMap = reverse, Form = form, StartAtEstimate = atEstimate });
                    Assert.Equal(SolveStatus.Converged, found.Status);
                    Assert.True(
                        found.Criterion == StoppingCriterion.Discrepancy
                            ? found.Summary.Discrepancy <= 1.05
                            : found.Summary.Cost <= (alone * 1.001) + Rounding,
                        $"seed {seed}, {form}, {found}, {found.Summary.Learned}; alone {alone}");
                    LearnedReport report = found.Summary.Learned!.Value;
                    Assert.Equal(found.Summary.Iterations, report.LearnedSteps + report.SafeguardSteps);
                    Assert.True(report.SafeguardSteps == 0 || report.Reason != SafeguardReason.None);
                }

                SolveResult full = c.SolveWith(
                    new DeceptronGradient { ReverseMap = reverse, Form = form, Stopping = new LevenbergMarquardt().Stopping });
                Assert.True(full.Summary.Cost <= (alone * 1.001) + Rounding, $"seed {seed}, {form}, {full}; alone {alone}");
            }
        }
    }

    [Theory]
    [InlineData("nan", SafeguardReason.NonFinite)]
    [InlineData("constant", SafeguardReason.NoDescent)]
    [InlineData("flipped", SafeguardReason.NoDescent)]
    public void A_hostile_map_is_found_out(string map, SafeguardReason reason)
    {
        ContractCase c = LearnedProblems.Case("tall", 7);
        SolveResult found = c.SolveWith(
            new DeceptronGradient { ReverseMap = LearnedProblems.Map(map, c, 7), Stopping = new LevenbergMarquardt().Stopping });
        Assert.Equal((SolveStatus.Converged, reason), (found.Status, found.Summary.Learned!.Value.Reason));
        Assert.Equal(0, found.Summary.Learned!.Value.LearnedSteps);
        Dense.AssertClose([.. c.SolveWith(new LevenbergMarquardt()).X], [.. found.X], 1e-8);
    }

    [Fact]
    public void Beyond_its_calibration_a_map_takes_no_step()
    {
        ContractCase c = LearnedProblems.Case("mild", 3);
        ReverseMap map = LearnedProblems.Map("noisy", c, 3);
        LearnedReport Solve(SafeguardCalibration calibration, bool atEstimate = false) => c.SolveWith(new DeceptronGradient
        {
            ReverseMap = map with { Calibration = calibration }, StartAtEstimate = atEstimate, Stopping = new LevenbergMarquardt().Stopping,
        }).Summary.Learned!.Value;
        LearnedReport free = Solve(new SafeguardCalibration());
        Assert.True(free.LearnedSteps > 0 && free.FirstRjcp > 0 && free.LargestRjcp >= free.FirstRjcp && free.LargestRjcp >= free.MeanRjcp);
        LearnedReport held = Solve(new SafeguardCalibration { CompositionThreshold = 0.5 * free.FirstRjcp });
        Assert.Equal((0, SafeguardReason.Composition), (held.LearnedSteps, held.Reason));
        Assert.Equal(free.FirstRjcp, held.FirstRjcp);
        LearnedReport far = Solve(new SafeguardCalibration { DiscrepancyThreshold = 1e-3 }, atEstimate: true);
        Assert.Equal((0, SafeguardReason.Discrepancy), (far.LearnedSteps, far.Reason));
    }

    [Fact]
    public void A_good_estimate_ends_the_solve_with_one_evaluation_of_each()
    {
        ContractCase c = LearnedProblems.Case("square", 5);
        SolveResult found = c.SolveWith(new DeceptronGradient { ReverseMap = LearnedProblems.Map("good", c, 5) });
        Assert.Equal((StoppingCriterion.Discrepancy, 0), (found.Criterion, found.Summary.Iterations));
        Assert.Equal(new EvaluationCounts(1, 0, 0, 1, 0), found.Summary.Evaluations);
        Assert.True(double.IsNaN(found.Summary.Learned!.Value.FirstRjcp));
    }

    /// <summary>Where the estimate is worse than the start, the safeguard goes on from the start.</summary>
    [Fact]
    public void The_lower_of_estimate_and_start_is_gone_on_from()
    {
        ContractCase c = LearnedProblems.Case("tall", 9);
        double[] solution = [.. c.SolveWith(new LevenbergMarquardt()).X];
        SolveResult found = (c with { Start = solution }).SolveWith(
            new DeceptronGradient { ReverseMap = LearnedProblems.Map("random", c, 9), MaxLearnedSteps = 1,
                Stopping = new LevenbergMarquardt().Stopping });
        Assert.Equal(SolveStatus.Converged, found.Status);
        Dense.AssertClose(solution, [.. found.X], 1e-9);
        Assert.InRange(found.Summary.Learned!.Value.SafeguardSteps, 0, 2);
    }

    [Fact]
    public void Without_a_safeguard_a_poor_map_stalls()
    {
        ContractCase c = LearnedProblems.Case("tall", 9);
        foreach (string map in new[] { "nan", "constant", "flipped", "half" })
        {
            SolveResult found = c.SolveWith(
                new DeceptronGradient { ReverseMap = LearnedProblems.Map(map, c, 9), Safeguard = false, StartAtEstimate = false,
                    Stopping = new LevenbergMarquardt().Stopping });
            Assert.Equal((SolveStatus.Stalled, StoppingCriterion.LineSearch), (found.Status, found.Criterion));
            Assert.Equal(0, found.Summary.Evaluations.LinearSolves);
        }
    }

    /// <summary>The anchored objective is that of the prior N(P(g(y)), errors), and the solve ends at its minimum.</summary>
    [Fact]
    public void An_anchor_is_a_prior_around_the_estimate()
    {
        ContractCase c = LearnedProblems.Case("mild, box", 4);
        double[] covariance = Dense.Flat(Dense.RandomCovariance(5, 8));
        ReverseMap map =
            LearnedProblems.Map("noisy", c, 4) with { Errors = GaussianPrior.FromCovariance([0.1, 0, 0, -0.2, 0], covariance) };
        double[] standardized = [.. c.Observation.Select((y, i) => (y - map.ObservationMean[i]) / map.ObservationDeviation[i])];
        double[] estimate = map.Map.Compile<double>().Evaluate(standardized)[0];
        c.Problem.Bounds.Project(estimate);
        estimate[0] += 0.1;
        estimate[3] -= 0.2;
        InverseProblem same = c.Problem with { Prior = GaussianPrior.FromCovariance(estimate, covariance) };
        SolveResult expected = (c with { Problem = same }).SolveWith(new LevenbergMarquardt());
        DeceptronGradient solver = new() { ReverseMap = map, Stopping = new LevenbergMarquardt().Stopping };
        foreach (SolveResult found in new[] { c.SolveWith(solver), c.SolveWith(solver with { StartAtEstimate = false }) })
        {
            Assert.Equal(SolveStatus.Converged, found.Status);
            Assert.Equal(expected.Summary.Cost, found.Summary.Cost, 1e-6 * expected.Summary.Cost);
            Dense.AssertClose([.. expected.X], [.. found.X], 1e-5);
        }

        Assert.Equal(c.SolveWith(new LevenbergMarquardt()).X[1], c.SolveWith(solver with { Anchor = SafeguardAnchor.None }).X[1], 1e-6);
    }

    [Fact]
    public void Maps_that_do_not_fit_are_refused()
    {
        ContractCase c = LearnedProblems.Case("tall", 1);
        DeceptronGradient solver = new() { ReverseMap = LearnedProblems.Map("good", c, 1) };
        InverseProblem masked = c.Problem with { Observed = [false, .. Enumerable.Repeat(true, 8)] };
        Assert.Contains("mask", Assert.Throws<ArgumentException>(() => solver.Prepare(masked)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "9 observations", Assert.Throws<ArgumentException>(
                () => solver.Prepare(LearnedProblems.Case("square", 1).Problem)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "GaussianPrior", Assert.Throws<ArgumentException>(
                () => (solver with { Form = PullBackForm.Bayesian }).Prepare(c.Problem)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "Errors", Assert.Throws<InvalidOperationException>(
                () => (solver with { Anchor = SafeguardAnchor.LearnedErrors }).Prepare(c.Problem)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ReverseMap(Function.Trace(x => x, [2, 3])));
        Assert.Throws<ArgumentException>(() => solver.ReverseMap with { ObservationMean = [1] });
        Assert.Throws<ArgumentException>(() => solver.ReverseMap with { ObservationDeviation = new double[9] });
        Assert.Throws<ArgumentException>(() => solver.ReverseMap with { Gain = Function.Trace(x => x, 3) });
    }
}
