using static Retrodict.Autodiff.Value;

namespace Retrodict.Autodiff.Tests.Models;

/// <summary>The nonlinear Poisson problem -u'' + exp(u) = f on (0, 1), u = 0 at the ends, as the root of its residual.</summary>
public class PoissonEquationTests
{
    /// <summary>u on the n inner points of a grid of width h = 1 / (n + 1), by central differences.</summary>
    private static Value Solve(Value f, RootOptions? options = null)
    {
        double scale = Math.Pow(f.Shape[0] + 1, 2);
        return Root(ZerosLike(f), u =>
        {
            Value padded = u.Pad(0, 1, 1);
            return (scale * ((2 * u) - padded[..^2] - padded[2..])) + Exp(u) - f;
        }, options);
    }

    private static double Exact(double x) => Math.Sin(Math.PI * x) * x;

    /// <summary>The right side for which <see cref="Exact"/> is the solution: -u'' = pi^2 x sin(pi x) - 2 pi cos(pi x).</summary>
    private static double[] RightSide(int n) => [.. Grid(n).Select(x =>
        (Math.PI * Math.PI * x * Math.Sin(Math.PI * x)) - (2 * Math.PI * Math.Cos(Math.PI * x)) + Math.Exp(Exact(x)))];

    private static IEnumerable<double> Grid(int n) => Enumerable.Range(1, n).Select(i => i / (n + 1.0));

    private static double Error(int n, RootOptions? options)
    {
        double[] u = Function.Trace(f => Solve(f, options), n).Compile<double>().Evaluate(RightSide(n))[0];
        return Grid(n).Zip(u, (x, value) => Math.Abs(value - Exact(x))).Max();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_converges_to_the_manufactured_solution_with_second_order(bool withoutMatrix)
    {
        RootOptions? options = withoutMatrix ? new RootOptions { Krylov = new KrylovOptions { Restart = 80 } } : null;
        (double coarse, double middle, double fine) = (Error(15, options), Error(31, options), Error(63, options));
        Assert.InRange(Math.Log2(coarse / middle), 1.9, 2.1);
        Assert.InRange(Math.Log2(middle / fine), 1.95, 2.05);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Its_gradient_agrees_with_differences_and_its_hessian_is_symmetric(bool withoutMatrix)
    {
        RootOptions? options = withoutMatrix ? new RootOptions { Krylov = new KrylovOptions() } : null;
        Function energy = Function.Trace(f => (Square(Solve(f, options)) * f).Sum(), 9);
        double[] f = RightSide(9);
        double[] gradient = energy.Gradient().Compile<double>().Evaluate(f)[0];
        Plan<double> plan = energy.Compile<double>();
        for (int i = 0; i < f.Length; i++)
        {
            double[] Moved(double by) => [.. f.Select((value, j) => j == i ? value + by : value)];
            double difference = (plan.Evaluate(Moved(1e-3))[0][0] - plan.Evaluate(Moved(-1e-3))[0][0]) / 2e-3;
            Assert.Equal(difference, gradient[i], 1e-7);
        }

        double[] hessian = energy.Gradient().Jacobian().Compile<double>().Evaluate(f)[0];
        for (int i = 0; i < 9; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Assert.Equal(hessian[(i * 9) + j], hessian[(j * 9) + i], 1e-12);
            }
        }
    }

    [Fact]
    public void Where_there_is_no_solution_the_result_is_nan_and_the_flag_zero_and_other_instances_are_untouched()
    {
        // u^2 = p has no root for p < 0.
        Function roots = Function.Trace(
            [("p", 1)],
            v =>
            {
                (Value root, Value converged) = Implicit(Full(1, 1), u => Square(u) - v["p"]);
                return [("root", root), ("converged", converged)];
            }).Batch(3);
        double[][] results = roots.Compile<double>().Evaluate([4.0, -1.0, 9.0]);
        Assert.Equal([2, double.NaN, 3], results[0].Select(r => Math.Round(r, 12)));
        Assert.Equal([1.0, 0, 1], results[1]);
        double[] derivative = roots.Vjp().Compile<double>().Evaluate([4.0, -1.0, 9.0], [1, 1, 1], [0, 0, 0])[2];
        Assert.Equal(0.25, derivative[0], 1e-12);
        Assert.Equal(1 / 6.0, derivative[2], 1e-12);
        Assert.True(double.IsNaN(derivative[1]));
    }
}
