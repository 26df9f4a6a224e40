using Retrodict.Catalogue;

namespace Retrodict.Comparison.Tests;

public class CaseTests
{
    private static readonly BenchmarkProblem _problem = ProblemCatalogue.Heat1D;
    private static readonly InstanceSet _instances = InstanceSet.Of(_problem.Generate(Split.Test, 4));

    [Fact]
    public void Without_settings_a_case_is_the_problem_as_it_stands()
    {
        SolveCase solveCase = Build(new GaussNewton());
        Assert.Same(_problem, solveCase.Benchmark);
        Assert.Equal((4, _problem.Tolerance), (solveCase.Count, solveCase.Tolerance));
        Assert.Equal(_problem.Bounds, solveCase.Problem.Bounds);
        Assert.Same(_problem.Prior, solveCase.Problem.Prior);
        Assert.Equal(_problem.Start, solveCase.Start(3));
        Assert.Equal(_instances.Observations[2], solveCase.Observation(2));
        Assert.Equal(_problem.Statistics.ObservationDeviation, solveCase.Moments.Deviation);
        Assert.Equal(Math.Max(_problem.MaxIterations, new GaussNewton().Stopping.MaxIterations), solveCase.Solver.Stopping.MaxIterations);
    }

    [Fact]
    public void Settings_replace_the_problems_own()
    {
        RobustLoss loss = new HuberLoss();
        SolveCase solveCase = Build(new GaussNewton(), new CaseSettings
        {
            HasPrior = false,
            Bounds = new Box(0, 2),
            Loss = loss,
            Stop = StopChoice.Discrepancy,
            MaxIterations = 9,
            Count = 2,
            Start = StartPoint.Middle,
        });
        Assert.Equal((2, 9), (solveCase.Count, solveCase.Solver.Stopping.MaxIterations));
        Assert.Equal(CaseStopping.Discrepancy, solveCase.Solver.Stopping.DiscrepancyTolerance);
        Assert.Null(solveCase.Problem.Prior);
        Assert.Same(loss, solveCase.Problem.Loss);
        Assert.All(solveCase.Start(1).ToArray(), value => Assert.Equal(1, value));
        Assert.Equal(_problem.Prior.Mean, Build(new GaussNewton(), new CaseSettings { Start = StartPoint.PriorMean }).Start(0));
        Assert.Null(Build(new GaussNewton()).Solver.Stopping.ResidualTolerance);
        StoppingRule stopping = Build(new GaussNewton(), new CaseSettings { Stop = StopChoice.Tolerance, Tolerance = 0.2 }).Solver.Stopping;
        Assert.Equal(0.2, stopping.ResidualTolerance);
    }

    [Fact]
    public void Published_methods_stop_at_the_tolerance_and_the_problems_limit()
    {
        StoppingRule stopping = Build(new GaussNewtonPublished()).Solver.Stopping;
        Assert.Equal((_problem.Tolerance, _problem.MaxIterations), (stopping.ResidualTolerance, stopping.MaxIterations));
    }

    [Fact]
    public void Samples_make_the_prior_and_what_residuals_are_measured_in()
    {
        DataSet data = _problem.Generate(Split.Train, 100);
        var samples = new RowTable(data.X.ToArray(), _problem.Unknowns);
        SolveCase solveCase = Build(new GaussNewton(), new CaseSettings { PriorSamples = samples });
        Assert.Equal(GaussianPrior.FromSamples(data.X, _problem.Unknowns).Mean, ((GaussianPrior)solveCase.Problem.Prior!).Mean);
        (double[] mean, double[] deviation) = SampleMoments.OfComponents(
            data.YClean.ToArray(), _problem.Observations, ProblemStatistics.LeastDeviation);
        for (int i = 0; i < mean.Length; i++)
        {
            Assert.Equal(mean[i], solveCase.Moments.Mean[i], 1e-12);
            Assert.Equal(deviation[i], solveCase.Moments.Deviation[i], 1e-12);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Refuse(new CaseSettings { Count = 5 });
        Refuse(new CaseSettings { Count = 0 });
        Refuse(new CaseSettings { Arm = Arm.Surrogate });
        Refuse(new CaseSettings { Bounds = Box.Unbounded, Start = StartPoint.Middle });
        Refuse(new CaseSettings { Starts = new RowTable(new double[3 * 64], 64) });
        Refuse(new CaseSettings { Starts = new RowTable(new double[63], 63) });
        Refuse(new CaseSettings { Stop = StopChoice.Discrepancy }, new GaussNewtonPublished());
        Assert.Throws<ArgumentException>(() => new RowTable(new double[5], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => SolverNames.Create("d-ipg"));

        static void Refuse(CaseSettings settings, Solver? solver = null) =>
            Assert.ThrowsAny<ArgumentException>(() => Build(solver ?? new GaussNewton(), settings));
    }

    private static SolveCase Build(Solver solver, CaseSettings? settings = null) => CaseBuilder.Build(_instances, [solver], settings)[0];
}
