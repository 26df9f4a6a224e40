using System.Diagnostics;

namespace Retrodict.Autodiff.Tests.Execution;

/// <summary>Graphs of 100,000 nodes pass through everything, on a thread with a stack of 256 kB.</summary>
public class LargeGraphTests(ITestOutputHelper output)
{
    private const int Nodes = 100_000;

    [Fact]
    public void A_chain_passes_through_everything() => OnSmallStack(() =>
    {
        Function f = Timed("trace", () => Function.Trace(
            x =>
            {
                for (int i = 0; i < Nodes; i++)
                {
                    x = i % 2 == 0 ? Value.Sin(x) : Value.Cos(x);
                }

                return x.Sum();
            },
            2));
        Assert.Equal(Nodes + 1, f.NodeCount);
        double[] x = [0.3, 1.2];
        (double value, double[] slope) = Reference(x);
        Plan<double> plan = Through(f);
        Assert.Equal(value, Timed("run", () => plan.Evaluate([x]))[0][0], 9);
        Timed("linearize", () => f.Linearize());
        double[][] gradient = Timed("gradient", () => f.ValueAndGradient()).Compile<double>().Evaluate([x]);
        Assert.Equal(value, gradient[0][0], 9);
        Assert.Equal(slope[0], gradient[1][0], 9);
        Assert.InRange(plan.ArenaBytes, 1, 1024);

        static (double Value, double[] Slope) Reference(double[] x)
        {
            double value = 0;
            var slope = new double[2];
            for (int k = 0; k < 2; k++)
            {
                (double v, double d) = (x[k], 1.0);
                for (int i = 0; i < Nodes; i++)
                {
                    (v, d) = i % 2 == 0 ? (Math.Sin(v), d * Math.Cos(v)) : (Math.Cos(v), -d * Math.Sin(v));
                }

                value += v;
                slope[k] = d;
            }

            return (value, slope);
        }
    });

    [Fact]
    public void A_wide_graph_passes_through_everything() => OnSmallStack(() =>
    {
        Function f = Timed("trace", () => Function.Trace(
            x =>
            {
                var terms = new Queue<Value>(Enumerable.Range(0, Nodes / 3).Select(i => Value.Sin(x * (1 + (i * 1e-4)))));
                while (terms.Count > 1)
                {
                    terms.Enqueue(terms.Dequeue() + terms.Dequeue());
                }

                return terms.Dequeue().Sum();
            },
            3));
        Assert.True(f.NodeCount > Nodes);
        double[] x = [0.1, 0.2, 0.3];
        double expected = Enumerable.Range(0, Nodes / 3).Sum(i => x.Sum(e => Math.Sin(e * (1 + (i * 1e-4)))));
        double slope = Enumerable.Range(0, Nodes / 3).Sum(i => Math.Cos(x[0] * (1 + (i * 1e-4))) * (1 + (i * 1e-4)));
        Plan<double> plan = Through(f);
        Assert.Equal(expected, Timed("run", () => plan.Evaluate([x]))[0][0], 1e-7);
        Assert.Equal(slope, Timed("gradient", () => f.Gradient()).Compile<double>().Evaluate([x])[0][0], 1e-7);
    });

    [Fact]
    public void Many_inputs_outputs_and_operands_pass_through() => OnSmallStack(() =>
    {
        const int Many = 20_000;
        Function f = Timed("trace", () => Function.Trace(
            [.. Enumerable.Range(0, Many).Select(i => ($"x{i}", Shape.Scalar))],
            v => [("joined", Value.Stack([.. v])), .. v.Select((x, i) => ($"y{i}", x * 2))]));
        Function vjp = Timed("vjp", () => f.Vjp());
        Assert.Equal(2 * Many + 1, vjp.Inputs.Count - f.Inputs.Count + Many);
        Plan<double> plan = Timed("compile", () => vjp.Compile<double>());
        Assert.Equal((2 * Many) + 1, plan.Outputs.Count);
        Timed("print", () => f.ToString());
    });

    private Plan<double> Through(Function f)
    {
        Assert.InRange(Timed("simplify", () => f.Simplify()).NodeCount, Nodes, 2 * Nodes);
        Function jvp = Timed("jvp", () => f.Jvp());
        Assert.True(jvp.NodeCount > 2 * Nodes);
        Timed("batch", () => f.Batch(2));
        string text = Timed("print", () => f.ToString());
        Assert.True(text.Length > 20 * Nodes);
        Plan<double> plan = Timed("compile", () => f.Compile<double>());
        Timed("print plan", () => plan.ToString());
        return plan;
    }

    private T Timed<T>(string what, Func<T> action)
    {
        var watch = Stopwatch.StartNew();
        T result = action();
        output.WriteLine($"{what}: {watch.ElapsedMilliseconds} ms");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), $"{what} took {watch.Elapsed}");
        return result;
    }

    private static void OnSmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action), 256 * 1024);
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            throw new InvalidOperationException($"On the small stack: {failure}", failure);
        }
    }
}
