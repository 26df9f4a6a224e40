using Retrodict.Autodiff;

namespace Retrodict.Tests.Solvers;

/// <summary>Fits from starts, and in units, from which methods have claimed what they had not found.</summary>
public sealed class HardStartTests
{
    private static readonly double[] _substrate = [2, 5, 10, 20, 40, 80, 160];

    private static readonly double[] _deviations = [0.011, -0.017, 0.006, 0.013, -0.02, 0.008, -0.004, 0.01];

    private static readonly Solver[] _solvers =
    [
        new LevenbergMarquardt(), new LevenbergMarquardt { LinearSolver = LinearSolver.Lsmr }, new GaussNewton(), new Dogleg(),
        new Newton(), new NewtonCg(), new Bfgs(), new LBfgs(), new NonlinearConjugateGradients(), new GradientDescent(),
    ];

    public static TheoryData<int> Solvers => [.. Enumerable.Range(0, _solvers.Length)];

    /// <summary>a exp(-k t) for t up to 3e6, with a = 1000 and k = 1e-6, from 900 and 3e-6.</summary>
    [Theory]
    [MemberData(nameof(Solvers))]
    public void A_rate_per_microsecond_is_found_beside_an_amplitude_of_a_thousand(int solver)
    {
        double[] t = [.. Enumerable.Range(0, 30).Select(i => i * 3e6 / 29)];
        double[] y = [.. t.Select((s, i) => (1000 * Math.Exp(-1e-6 * s)) + (70 * _deviations[i % 8]))];
        SolveResult small = _solvers[solver].Solve(
            new InverseProblem(x => x[0] * Value.Exp(-x[1] * Value.Constant(t)), 2), y, [900, 3e-6]);
        SolveResult natural = new LevenbergMarquardt().Solve(
            new InverseProblem(x => 1000 * x[0] * Value.Exp(-x[1] * Value.Constant([.. t.Select(s => 1e-6 * s)])), 2), y, [0.9, 3]);
        Assert.Equal(SolveStatus.Converged, small.Status);
        Assert.Equal(natural.X[0], small.X[0] / 1000, 1e-6);
        Assert.Equal(natural.X[1], 1e6 * small.X[1], 1e-6);
    }

    /// <summary>The residual lies wholly in the column of the smaller unit.</summary>
    [Theory]
    [MemberData(nameof(Solvers))]
    public void A_column_that_is_a_million_times_smaller_counts_as_much(int solver)
    {
        InverseProblem problem = new(
            x => (Value.Constant([1.0, 0, 1]) * x[0] / 1000) + (Value.Constant([0.0, 1, 0]) * x[1] / 1e-6), 2);
        SolveResult result = _solvers[solver].Solve(problem, [1, 1, 1], [900, 3e-6]);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.Equal(1000, result.X[0], 1e-3);
        Assert.Equal(1e-6, result.X[1], 1e-12);
    }

    [Theory]
    [MemberData(nameof(Solvers))]
    public void A_maximal_rate_in_any_unit_starts_at_zero(int solver)
    {
        foreach (double unit in new[] { 1, 1e-6, 1e-15 })
        {
            double[] y = [.. _substrate.Select((s, i) => unit * ((6.15 * s / (14.3 + s)) + _deviations[i]))];
            InverseProblem problem = new(x => x[0] * Value.Constant(_substrate) / (x[1] + Value.Constant(_substrate)), 2)
            {
                Bounds = new Box([0, 0], [double.PositiveInfinity, double.PositiveInfinity]),
            };
            SolveResult result = _solvers[solver].Solve(problem, y, [0, 1]);
            Assert.Equal(SolveStatus.Converged, result.Status);
            Assert.Equal(6.15, result.X[0] / unit, 0.05);
            Assert.Equal(14.3, result.X[1], 0.5);
        }
    }

    /// <summary>At k = 1000 the second row alone knows of k, by 1e-73. The minimum, or no claim; and no place far off.</summary>
    [Theory]
    [MemberData(nameof(Solvers))]
    public void From_a_decay_far_too_steep_the_minimum_is_found_or_not_claimed(int solver)
    {
        double[] t = [.. Enumerable.Range(0, 30).Select(i => i * 5 / 29.0)];
        double[] y = [.. t.Select((s, i) => (3 * Math.Exp(-0.8 * s)) + _deviations[i % 8])];
        InverseProblem problem = new(x => x[0] * Value.Exp(-x[1] * Value.Constant(t)), 2);
        foreach (double k in new[] { 1000.0, 300, 100, 30 })
        {
            SolveResult result = _solvers[solver].Solve(problem, y, [1, k]);
            if (result.Status == SolveStatus.Converged)
            {
                Assert.Equal(3, result.X[0], 0.05);
                Assert.Equal(0.8, result.X[1], 0.05);
            }
            else
            {
                Assert.Equal(SolveStatus.Stalled, result.Status);
                Assert.InRange(result.X[1], 0, k);
            }
        }
    }

    /// <summary>From k = 1000 the amplitude moves to the minimum for that k, as SciPy's methods move it.</summary>
    [Fact]
    public void A_column_of_rounding_size_does_not_swallow_the_step()
    {
        double[] t = [.. Enumerable.Range(0, 30).Select(i => i * 5 / 29.0)];
        double[] y = [.. t.Select((s, i) => (3 * Math.Exp(-0.8 * s)) + _deviations[i % 8])];
        InverseProblem problem = new(x => x[0] * Value.Exp(-x[1] * Value.Constant(t)), 2);
        SolveResult result = new LevenbergMarquardt().Solve(problem, y, [1, 1000]);
        Assert.Equal(SolveStatus.Stalled, result.Status);
        Assert.Equal(y[0], result.X[0], 1e-9);
    }

    /// <summary>R's Puromycin, treated: from 1 and 1 the second step used to cross the poles at K = -c for good. MINPACK finds the minimum
    /// from 34 of these starts.</summary>
    [Fact]
    public void Poles_are_not_crossed_from_most_starts()
    {
        double[] c = [0.02, 0.02, 0.06, 0.06, 0.11, 0.11, 0.22, 0.22, 0.56, 0.56, 1.1, 1.1];
        double[] rate = [76, 47, 97, 107, 123, 139, 159, 152, 191, 201, 207, 200];
        InverseProblem problem = new(x => x[0] * Value.Constant(c) / (x[1] + Value.Constant(c)), 2);
        SolveResult common = new LevenbergMarquardt().Solve(problem, rate, [1, 1]);
        Assert.Equal(212.684, common.X[0], 1e-3);
        Assert.Equal(0.0641213, common.X[1], 1e-6);
        int found = 0;
        foreach (double maximum in new[] { 1.0, 10, 50, 100, 200, 1000 })
        {
            foreach (double half in new[] { 0.001, 0.01, 0.1, 1, 10, 100 })
            {
                double squares = 2 * new LevenbergMarquardt().Solve(problem, rate, [maximum, half]).Summary.Cost;
                found += Math.Abs(squares - 1195.449) < 1e-2 ? 1 : 0;
            }
        }

        Assert.InRange(found, 34, 36);
    }
}
