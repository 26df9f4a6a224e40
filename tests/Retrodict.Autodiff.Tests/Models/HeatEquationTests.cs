using static Retrodict.Autodiff.Value;

namespace Retrodict.Autodiff.Tests.Models;

/// <summary>Explicit heat conduction on an insulated rod, as a loop over time.</summary>
public class HeatEquationTests
{
    private const int Cells = 24;
    private const int Steps = 60;

    /// <summary>u_t = u_xx with no flow through the ends, by explicit Euler steps of 0.4 cells squared.</summary>
    private static Value Cool(Value u, LoopOptions? options = null) => Repeat(Steps, u, t =>
    {
        Value flow = t[1..] - t[..^1];
        return t + (0.4 * (flow.Pad(0, 0, 1) - flow.Pad(0, 1, 0)));
    }, options);

    private static Function Model(LoopOptions? options = null) => Function.Trace(u => Cool(u, options), Cells);

    [Fact]
    public void Heat_is_conserved()
    {
        double[] u = Temperatures(1);
        double[] later = Model().Compile<double>().Evaluate(u)[0];
        Assert.Equal(u.Sum(), later.Sum(), 1e-12);
        Assert.True(later.Max() - later.Min() < 0.5 * (u.Max() - u.Min()), "it levels out");
    }

    [Fact]
    public void Modes_decay_as_the_scheme_says()
    {
        // Cosine modes of an insulated rod are eigenvectors: 1 - 4 * 0.4 sin^2(pi k / 2n) a step.
        for (int k = 0; k < Cells; k++)
        {
            double[] mode = [.. Enumerable.Range(0, Cells).Select(i => Math.Cos(Math.PI * k * (i + 0.5) / Cells))];
            double factor = Math.Pow(1 - (1.6 * Math.Pow(Math.Sin(Math.PI * k / (2 * Cells)), 2)), Steps);
            double[] later = Model().Compile<double>().Evaluate(mode)[0];
            Assert.All(later.Zip(mode), pair => Assert.Equal(factor * pair.Second, pair.First, 1e-13));
        }
    }

    [Fact]
    public void The_adjoint_is_the_transpose_and_the_operator_symmetric()
    {
        Plan<double> plan = Model().Compile<double>();
        Plan<double> adjoint = Model().Vjp().Compile<double>();
        Plan<double> checkpointed = Model(new LoopOptions { Checkpoint = true }).Vjp().Compile<double>();
        (double[] u, double[] v) = (Temperatures(2), Temperatures(3));
        double[] forward = plan.Evaluate(u)[0];
        double[] back = adjoint.Evaluate(u, v)[1];
        double left = forward.Zip(v, (a, b) => a * b).Sum();
        double right = u.Zip(back, (a, b) => a * b).Sum();
        Assert.Equal(left, right, 1e-12 * Math.Abs(left));
        Assert.All(back.Zip(plan.Evaluate(v)[0]), pair => Assert.Equal(pair.Second, pair.First, 1e-13));
        Assert.Equal(back, checkpointed.Evaluate(u, v)[1]);
    }

    [Fact]
    public void A_linear_loop_stores_nothing_for_its_reverse()
    {
        long forward = Model().Compile<double>().ArenaBytes;
        Assert.InRange(Model().Vjp().Compile<double>().ArenaBytes, forward, 4 * forward);
    }

    private static double[] Temperatures(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Cells).Select(_ => random.NextDouble())];
    }
}
