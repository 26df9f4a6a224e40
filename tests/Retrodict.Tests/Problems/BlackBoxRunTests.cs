namespace Retrodict.Tests.Problems;

/// <summary>Runs of a black box count, wherever they are made, and limits act between any two of them.</summary>
public sealed class BlackBoxRunTests
{
    private const int Unknowns = 20;

    private static readonly double[] _observation = [.. Enumerable.Range(0, Unknowns).Select(i => 2 + Math.Sin(i))];
    private static readonly double[] _start = new double[Unknowns];

    private int _runs;

    public static TheoryData<Solver> Methods =>
    [
        new LevenbergMarquardt(), new GaussNewton(), new Dogleg(), new Bfgs(), new LBfgs(), new NonlinearConjugateGradients(),
        new GradientDescent(),
    ];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_run_counts(Solver solver)
    {
        SolveResult result = solver.Solve(Problem(), _observation, _start);
        Assert.Equal(_runs, result.Summary.Evaluations.Model);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void No_more_runs_are_made_than_are_allowed(Solver solver)
    {
        foreach (int allowed in new[] { 1, 2, 5, 17, 40, 41, 42, 100 })
        {
            _runs = 0;
            Solver limited = solver with { Stopping = solver.Stopping with { MaxEvaluations = allowed } };
            SolveResult result = limited.Solve(Problem(), _observation, _start);
            Assert.InRange(_runs, 1, allowed);
            if (result.Status != SolveStatus.Converged)
            {
                Assert.Equal((SolveStatus.Budget, StoppingCriterion.Evaluations), (result.Status, result.Criterion));
            }

            Assert.Equal(_runs, result.Summary.Evaluations.Model);
            Assert.True(double.IsFinite(result.Summary.Cost));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_cancellation_acts_amid_a_jacobian(int parallel)
    {
        using var source = new CancellationTokenSource();
        InverseProblem problem = Problem(parallel, () =>
        {
            if (_runs == 10)
            {
                source.Cancel();
            }
        });
        Session session = new GaussNewton().Prepare(problem);
        SolveResult result = session.Solve(_observation, _start, cancellation: source.Token);
        Assert.Equal(SolveStatus.Cancelled, result.Status);
        Assert.Equal(_start, result.X);
        Assert.InRange(_runs, 10, 10 + parallel);

        // The session is as new.
        Assert.Equal(SolveStatus.Converged, session.Solve(_observation, _start).Status);
    }

    [Fact]
    public void So_does_a_limit_of_time()
    {
        var solver = new GaussNewton();
        InverseProblem problem = Problem(1, () => Thread.Sleep(20));
        SolveResult result = (solver with { Stopping = solver.Stopping with { TimeLimit = TimeSpan.FromMilliseconds(100) } })
            .Solve(problem, _observation, _start);
        Assert.Equal((SolveStatus.Budget, StoppingCriterion.Time), (result.Status, result.Criterion));
        Assert.InRange(_runs, 1, 2 * Unknowns);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Runs_at_the_same_time_give_the_same_bits(bool central)
    {
        SolveResult one = new GaussNewton().Solve(Problem(1, null, central), _observation, _start);
        foreach (int parallel in new[] { 2, 3, 16 })
        {
            SolveResult many = new GaussNewton().Solve(Problem(parallel, null, central), _observation, _start);
            Assert.Equal(one.X, many.X);
            Assert.Equal(one.Summary, many.Summary);
        }
    }

    [Fact]
    public void What_a_run_among_several_throws_reaches_the_caller() => Assert.Throws<TimeoutException>(
        () => new GaussNewton().Solve(Problem(4, () => throw new TimeoutException()), _observation, _start));

    private InverseProblem Problem(int parallel = 1, Action? atRun = null, bool central = true) => InverseProblem.FromFunctions(
        (x, y) =>
        {
            Interlocked.Increment(ref _runs);
            atRun?.Invoke();
            for (int i = 0; i < Unknowns; i++)
            {
                y[i] = Math.Exp(x[i]) + (0.1 * x[(i + 1) % Unknowns]);
            }
        },
        Unknowns,
        Unknowns,
        new FiniteDifferences { Parallel = parallel, Central = central });
}
