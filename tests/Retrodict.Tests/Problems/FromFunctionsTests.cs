using Retrodict.Autodiff;

namespace Retrodict.Tests.Problems;

public sealed class FromFunctionsTests
{
    private static readonly double[] _time = [0, 0.5, 1, 1.5, 2, 3, 4, 6];
    private static readonly double[] _activity = [4.31, 3.42, 2.72, 2.17, 1.79, 1.20, 0.86, 0.51];
    private static readonly double[] _start = [1, 1, 0];

    private static readonly InverseProblem _traced = new(x => (x[0] * Value.Exp(-x[1] * Value.Constant(_time))) + x[2], 3) { Noise = 0.02 };

    [Fact]
    public void Every_kind_of_derivative_finds_the_traced_models_solution()
    {
        double[] expected = [.. new GaussNewton().Solve(_traced, _activity, _start).X];
        AssertSolution(expected, InverseProblem.FromFunctions(Decay, Jacobian, 3, 8), 1e-9);
        AssertSolution(expected, InverseProblem.FromFunctions(Decay, Jvp, Vjp, 3, 8), 1e-9);
        AssertSolution(expected, InverseProblem.FromFunctions(Decay, Jvp, null, 3, 8), 1e-9);
        AssertSolution(expected, InverseProblem.FromFunctions(Decay, null, Vjp, 3, 8), 1e-9);
        AssertSolution(expected, InverseProblem.FromFunctions(Decay, 3, 8), 1e-7);
        AssertSolution(expected, InverseProblem.FromFunctions(Decay, 3, 8, new FiniteDifferences { Central = false }), 1e-5);
        AssertSolution(
            expected, InverseProblem.FromFunctions(
                Decay, 3, 8, new FiniteDifferences { RelativeStep = 1e-4, TypicalSize = new[] { 4, 0.5, 0.3 } }), 1e-6);
    }

    [Theory]
    [InlineData(Precision.Float64)]
    [InlineData(Precision.Float32)]
    public void A_dense_Jacobian_is_called_once_for_every_linearization(Precision precision)
    {
        int calls = 0;
        InverseProblem problem = InverseProblem.FromFunctions(
            Decay,
            (x, jacobian) =>
            {
                calls++;
                Jacobian(x, jacobian);
            },
            3,
            8) with { Noise = 0.02, Prior = GaussianPrior.FromCovariance([4, 0.5, 0.2], [1, 0, 0, 0, 1, 0, 0, 0, 1]) };
        SolveResult result = new GaussNewton { Precision = precision }.Solve(problem, _activity, _start);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.InRange(calls, result.Summary.Evaluations.Jvp / 3, result.Summary.Evaluations.Jvp / 3);
        Assert.True(calls >= result.Summary.Iterations);
    }

    [Fact]
    public void With_fewer_observations_than_unknowns_too()
    {
        int calls = 0;
        InverseProblem problem = InverseProblem.FromFunctions(
            (x, y) => (y[0], y[1]) = ((x[0] * x[1]) + x[2], x[3] - x[4]),
            (x, jacobian) =>
            {
                calls++;
                (jacobian[0], jacobian[1], jacobian[2], jacobian[8], jacobian[9]) = (x[1], x[0], 1, 1, -1);
            },
            5,
            2);
        SolveResult result = new GaussNewton().Solve(problem, [3, 4], [1, 1, 0, 0, 0]);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.Equal(result.Summary.Evaluations.Vjp / 2, calls);
        Assert.Equal((3, 4), (Math.Round((result.X[0] * result.X[1]) + result.X[2], 8), Math.Round(result.X[3] - result.X[4], 8)));
    }

    [Theory]
    [InlineData(true, 6)]
    [InlineData(false, 4)]
    public void Differences_cost_two_evaluations_an_unknown_or_one_and_one_more(bool central, int each)
    {
        int evaluations = 0;
        InverseProblem problem = InverseProblem.FromFunctions(
            (x, y) =>
            {
                evaluations++;
                Decay(x, y);
            },
            3,
            8,
            new FiniteDifferences { Central = central });
        SolveResult result = new GaussNewton().Solve(problem, _activity, _start);
        Assert.Equal(evaluations, result.Summary.Evaluations.Model);
        long trials = evaluations - (each * result.Summary.Evaluations.Jvp / 3);
        Assert.InRange(trials, result.Summary.Iterations + 1, result.Summary.Iterations + 3);
    }

    [Theory]
    [InlineData(true, 1e-9)]
    [InlineData(false, 1e-6)]
    public void Differences_never_leave_the_box_and_are_as_good_at_its_faces(bool central, double tolerance)
    {
        double[] lower = [0, 0.1, 0.2, 2], upper = [1, 0.1, 0.2 + 1e-9, double.PositiveInfinity];
        InverseProblem problem = InverseProblem.FromFunctions(
            (x, y) =>
            {
                for (int i = 0; i < 4; i++)
                {
                    Assert.InRange(x[i], lower[i], upper[i]);
                    y[i] = Math.Exp(x[i]) * (i == 0 ? x[3] : 1);
                }
            },
            4,
            4,
            new FiniteDifferences { Central = central }) with { Bounds = new Box(lower, upper) };
        Plan<double> jacobian = problem.Forward.Jacobian().Compile<double>();
        foreach (
            double[] x in new double[][] { [0, 0.1, 0.2, 2], [1, 0.1, 0.2 + 1e-9, 2], [0.5, 0.1, 0.2 + 5e-10, 7],
                [1 - 1e-7, 0.1, 0.2, 2 + 1e-9] })
        {
            double[] found = jacobian.Evaluate(x)[0];
            Assert.Equal(Math.Exp(x[0]) * x[3], found[0], tolerance * 20);
            Assert.Equal(Math.Exp(x[0]), found[3], tolerance * 20);
            Assert.Equal(Math.Exp(x[3]), found[15], tolerance * 5000);
            Assert.Equal(0, found[5]);

            // Rounding over a width of 1e-9.
            Assert.Equal(Math.Exp(x[2]), found[10], 1e-5);
        }
    }

    [Fact]
    public void A_solve_ends_on_a_bound_without_an_evaluation_outside()
    {
        InverseProblem problem = InverseProblem.FromFunctions(
            (x, y) =>
            {
                Assert.InRange(x[1], 0, 0.4);
                Assert.True(x[2] >= 0);
                Decay(x, y);
            },
            3,
            8) with { Bounds = new Box([0, 0, 0], [10, 0.4, 1]) };
        SolveResult result = new GaussNewton().Solve(problem, _activity, [1, 0, 0]);
        Assert.Equal((SolveStatus.Converged, 0.4), (result.Status, result.X[1]));
    }

    [Fact]
    public void What_the_functions_throw_comes_through_and_the_session_stays_usable()
    {
        bool fail = false, failInJacobian = false;
        InverseProblem problem = InverseProblem.FromFunctions(
            (x, y) =>
            {
                _ = fail ? throw new TimeoutException("no license") : 0;
                Decay(x, y);
            },
            (x, jacobian) =>
            {
                jacobian.Fill(99);
                _ = failInJacobian ? throw new TimeoutException("no memory") : 0;
                Jacobian(x, jacobian);
            },
            3,
            8);
        Session session = new GaussNewton().Prepare(problem);
        SolveResult before = session.Solve(_activity, _start);
        fail = true;
        Assert.Equal("no license", Assert.Throws<TimeoutException>(() => session.Solve(_activity, _start)).Message);
        (fail, failInJacobian) = (false, true);
        Assert.Equal("no memory", Assert.Throws<TimeoutException>(() => session.Solve(_activity, _start)).Message);
        failInJacobian = false;
        SolveResult after = session.Solve(_activity, _start);
        Assert.Equal(before.X, after.X);
        Assert.Equal(before.Summary, after.Summary);
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_a_status()
    {
        InverseProblem problem = InverseProblem.FromFunctions((x, y) => y[0] = Math.Sqrt(x[0]), 1, 1);
        Assert.Equal(StoppingCriterion.NonFiniteStart, new GaussNewton().Solve(problem, [2], [-1]).Criterion);
        Assert.Equal(4, new GaussNewton().Solve(problem, [2], [1]).X[0], 1e-6);
    }

    [Fact]
    public void Threads_share_a_session_without_disturbing_each_other()
    {
        Session session = new GaussNewton().Prepare(InverseProblem.FromFunctions(Decay, 3, 8));
        double[][] observations = [.. Enumerable.Range(0, 6).Select(t => _activity.Select(y => y * (1 + (0.1 * t))).ToArray())];
        double[][] expected = [.. observations.Select(y => session.Solve(y, _start).X.ToArray())];
        bool[] same = new bool[6];
        Thread[] threads = [.. Enumerable.Range(0, 6).Select(t => new Thread(() =>
            same[t] = Enumerable.Range(0, 20).All(_ => session.Solve(observations[t], _start).X.SequenceEqual(expected[t]))))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(same, Assert.True);
    }

    [Fact]
    public void A_warm_solve_allocates_nothing()
    {
        Session session = new GaussNewton { Team = ThreadTeam.SingleThread }.Prepare(InverseProblem.FromFunctions(Decay, 3, 8));
        var x = new double[3];
        session.Solve(_activity, _start, x);
        session.Solve(_activity, _start, x);
        long before = GC.GetAllocatedBytesForCurrentThread();
        session.Solve(_activity, _start, x);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_derivative_check_accepts_a_right_Jacobian_and_finds_a_wrong_one()
    {
        Box bounds = new([1, 0.1, 0], [5, 1, 1]);
        Assert.True(DerivativeCheck.Run(InverseProblem.FromFunctions(Decay, Jacobian, 3, 8) with { Bounds = bounds }).Passed);
        Assert.False(DerivativeCheck.Run(InverseProblem.FromFunctions(Decay, (x, j) => j.Fill(1), 3, 8) with { Bounds = bounds }).Passed);
    }

    [Fact]
    public void Misuse_is_named()
    {
        Assert.Equal("model", Assert.Throws<ArgumentNullException>(() => InverseProblem.FromFunctions(null!, 3, 8)).ParamName);
        Assert.Equal(
            "jacobian", Assert.Throws<ArgumentNullException>(
                () => InverseProblem.FromFunctions(Decay, (ExternalFunction)null!, 3, 8)).ParamName);
        Assert.Equal("jvp", Assert.Throws<ArgumentException>(() => InverseProblem.FromFunctions(Decay, null, null, 3, 8)).ParamName);
        Assert.Throws<ArgumentException>(() => InverseProblem.FromFunctions(Decay, 0, 8));
        Assert.Contains(
            "2 typical sizes, but 3 unknowns",
            Assert.Throws<ArgumentException>(
                () => InverseProblem.FromFunctions(Decay, 3, 8, new FiniteDifferences { TypicalSize = new double[] { 1, 2 } })).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FiniteDifferences { RelativeStep = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FiniteDifferences { RelativeStep = double.NaN });
    }

    private static void AssertSolution(double[] expected, InverseProblem problem, double tolerance)
    {
        SolveResult result = new GaussNewton().Solve(problem with { Noise = 0.02 }, _activity, _start);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Dense.AssertClose(expected, [.. result.X], tolerance);
    }

    private static void Decay(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = (x[0] * Math.Exp(-x[1] * _time[i])) + x[2];
        }
    }

    private static void Jacobian(ReadOnlySpan<double> x, Span<double> jacobian)
    {
        for (int i = 0; i < _time.Length; i++)
        {
            double decay = Math.Exp(-x[1] * _time[i]);
            (jacobian[3 * i], jacobian[(3 * i) + 1], jacobian[(3 * i) + 2]) = (decay, -x[0] * _time[i] * decay, 1);
        }
    }

    private static void Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> tangent, Span<double> product)
    {
        var jacobian = new double[24];
        Jacobian(x, jacobian);
        Dense.Times(Dense.Matrix(jacobian, 8, 3), tangent).CopyTo(product);
    }

    private static void Vjp(ReadOnlySpan<double> x, ReadOnlySpan<double> cotangent, Span<double> product)
    {
        var jacobian = new double[24];
        Jacobian(x, jacobian);
        Dense.Times(Dense.Transpose(Dense.Matrix(jacobian, 8, 3)), cotangent).CopyTo(product);
    }
}
