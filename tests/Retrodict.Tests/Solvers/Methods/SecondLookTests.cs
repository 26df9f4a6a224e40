using Retrodict.Autodiff;
using Retrodict.Data;
using static Retrodict.Autodiff.Value;

namespace Retrodict.Tests.Solvers;

/// <summary>Ends at which no lower point is found, and what may be claimed of them.</summary>
public sealed class SecondLookTests
{
    private static readonly double[] _t = [.. Enumerable.Range(1, 20).Select(i => 0.2 * i)];

    /// <summary>Brown and Dennis: with residuals in the hundreds J^T J is far below the Hessian, and promises gains that are rounding.
    /// Minimum: Moré, Garbow and Hillstrom 1981, problem 16.</summary>
    [Fact]
    public void A_minimum_with_large_residuals_is_claimed()
    {
        SolveResult result = new LevenbergMarquardt().Solve(BrownDennis(traced: true), new double[20], [25, 5, -5, -1]);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.Equal(85822.2016, 2 * result.Summary.Cost, 1e-3);
    }

    [Fact]
    public void Without_second_derivatives_nothing_is_claimed()
    {
        SolveResult result = new LevenbergMarquardt().Solve(BrownDennis(traced: false), new double[20], [25, 5, -5, -1]);
        Assert.NotEqual(SolveStatus.Converged, result.Status);
        Assert.Equal(85822.2016, 2 * result.Summary.Cost, 1e-3);
    }

    [Fact]
    public void The_fit_of_an_equation_is_not_held_against_a_constant()
    {
        RegressionFit fit = new Regression(
            "y = (a+t*b-exp(t))^2+(c+sin(t)*d-cos(t))^2", new DataColumns([("t", _t), ("y", new double[20])]))
        {
            Start = [("a", 25), ("b", 5), ("c", -5), ("d", -1)],
        }.Fit();
        Assert.Equal(SolveStatus.Converged, fit.Solution.Status);
        Assert.False(fit.IsWorseThanConstant);
        Assert.Equal(85822.2016, fit.ResidualSumOfSquares, 1e-3);
    }

    [Fact]
    public void Squares_that_underflow_are_no_convergence()
    {
        var problem = new InverseProblem(x => x[0] * Exp(-x[1] * Constant(_t)), 2);
        double[] observation = [.. _t.Select(t => 1e-170 * Math.Exp(-0.3 * t))];
        Assert.NotEqual(SolveStatus.Converged, new LevenbergMarquardt().Solve(problem, observation, [2e-170, 1]).Status);
        Assert.NotEqual(SolveStatus.Converged, new LBfgs().Solve(problem, observation, [2e-170, 1]).Status);
    }

    [Theory]
    [InlineData(1e-170)]
    [InlineData(1e200)]
    public void A_fit_of_such_sizes_says_what_would_be_right(double size)
    {
        double[] y = [.. _t.Select(t => size * Math.Exp(-0.3 * t))];
        var regression = new Regression("y = a*exp(-k*t)", new DataColumns([("t", _t), ("y", y)])) { Start = [("a", size), ("k", 1)] };
        Assert.Contains(
            "so that it lies between 1E-140 and 1E+140", Assert.Throws<DataFormatException>(() => regression.Fit()).Message,
            StringComparison.Ordinal);
    }

    private static InverseProblem BrownDennis(bool traced)
    {
        if (traced)
        {
            Value t = Constant(_t);
            return new InverseProblem(
                x => Square(x[0] + (x[1] * t) - Exp(t)) + Square(x[2] + (x[3] * Sin(t)) - Cos(t)), 4);
        }

        return InverseProblem.FromFunctions(
            (x, y) =>
            {
                for (int i = 0; i < y.Length; i++)
                {
                    (double first, double second) = Parts(x, i);
                    y[i] = (first * first) + (second * second);
                }
            },
            (x, jacobian) =>
            {
                for (int i = 0; i < _t.Length; i++)
                {
                    (double first, double second) = Parts(x, i);
                    (jacobian[4 * i], jacobian[(4 * i) + 1]) = (2 * first, 2 * first * _t[i]);
                    (jacobian[(4 * i) + 2], jacobian[(4 * i) + 3]) = (2 * second, 2 * second * Math.Sin(_t[i]));
                }
            },
            4,
            20);

        static (double First, double Second) Parts(ReadOnlySpan<double> x, int i) =>
            (x[0] + (x[1] * _t[i]) - Math.Exp(_t[i]), x[2] + (x[3] * Math.Sin(_t[i])) - Math.Cos(_t[i]));
    }
}
