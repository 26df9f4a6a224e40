using Retrodict.Autodiff.Tests.Execution;
using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Images;

/// <summary>Pooling and resampling against their definitions.</summary>
public class PoolingTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Pools_follow_their_definition(int seed)
    {
        var random = new Random(seed);
        int axes = random.Next(1, 4);
        Shape input = Shape.Of([random.Next(1, 4), .. Enumerable.Range(0, axes).Select(_ => random.Next(4, axes == 1 ? 40 : 9))]);
        int[] window = [.. Enumerable.Range(0, axes).Select(_ => random.Next(1, 5))];
        int[] stride = [.. Enumerable.Range(0, axes).Select(_ => random.Next(1, 4))];
        int[] before = [.. window.Select(w => random.Next(0, w))];
        int[] after = [.. window.Select(w => random.Next(0, w))];
        PoolingOptions options = new() { Stride = PerAxis.Of(stride), Padding = Padding.Of(PerAxis.Of(before), PerAxis.Of(after)) };
        Function function = Function.Trace(
            [("x", input)],
            v =>
            [
                ("max", Value.MaxPool(v[0], PerAxis.Of(window), options)),
                ("inside", Value.AveragePool(v[0], PerAxis.Of(window), options)),
                ("all", Value.AveragePool(v[0], PerAxis.Of(window), options with { CountPadding = true })),
            ]);
        double[][] x = Programs.Inputs<double>(function, seed);
        double[][] y = Numbers.Run(function, x);
        double size = window.Aggregate(1, (a, b) => a * b);
        Shape result = function.Outputs[0].Shape;
        Numbers.AssertClose("max", Reference.Pool(input, result, x[0], window, stride, before, e => e.Max()), y[0], 0);
        Numbers.AssertClose("inside", Reference.Pool(input, result, x[0], window, stride, before, e => e.Average()), y[1], 1e-14);
        Numbers.AssertClose("all", Reference.Pool(input, result, x[0], window, stride, before, e => e.Sum() / size), y[2], 1e-14);
    }

    [Fact]
    public void Ties_share_the_derivative_of_a_maximum_equally()
    {
        Function gradient = Function.Trace(x => Value.MaxPool(x.Reshape(1, 4), 2).Sum(), 4).Gradient();
        Assert.Equal([0.5, 0.5, 0, 1], Numbers.Run(gradient, [3.0, 3, 1, 2])[0]);
    }

    [Fact]
    public void A_maximum_keeps_NaN_and_ignores_padding()
    {
        Function pool = Function.Trace(x => Value.MaxPool(x.Reshape(1, 4), 2, new() { Padding = Padding.Of(1) }), 4);
        Assert.Equal([-1, double.NaN, -4], Numbers.Run(pool, [-1.0, double.NaN, -3, -4])[0]);
    }

    [Fact]
    public void Resizing_samples_at_cell_centers()
    {
        double[] Resized(double[] x, int to, Interpolation interpolation) =>
            Numbers.Run(Function.Trace(v => Value.Resize(v.Reshape(1, x.Length), to, interpolation), x.Length), x)[0];

        Assert.Equal([0, 0, 1, 1, 2, 2], Resized([0, 1, 2], 6, Interpolation.Nearest));
        Assert.Equal([1, 3], Resized([0, 1, 2, 3], 2, Interpolation.Nearest));
        Assert.Equal([0, 0.25, 0.75, 1.25, 1.75, 2], Resized([0, 1, 2], 6, Interpolation.Linear));
        Assert.Equal([0.5, 2.5], Resized([0, 1, 2, 3], 2, Interpolation.Linear));
        Assert.Equal([5, 5, 5], Resized([5], 3, Interpolation.Linear));

        // A linear function stays linear between the outermost samples, by either way of computing it.
        foreach (int n in (int[])[100, 600])
        {
            double[] line = [.. Enumerable.Range(0, n).Select(i => (i + 0.5) / n)];
            double[] y = Resized(line, 37, Interpolation.Linear);
            Numbers.AssertClose("line", [.. Enumerable.Range(0, 37).Select(o => (o + 0.5) / 37)], y, 1e-14);
        }
    }

    [Fact]
    public void Bilinear_resizing_is_separable()
    {
        Function resize = Function.Trace(x => Value.Resize(x, [5, 3]), [2, 3, 4]);
        double[][] x = Programs.Inputs<double>(resize, 1);
        Function rows = Function.Trace(v => Value.Resize(v, [5, 4]), [2, 3, 4]);
        Function columns = Function.Trace(v => Value.Resize(v, [5, 3]), [2, 5, 4]);
        Numbers.AssertClose("bilinear", Numbers.Run(columns, Numbers.Run(rows, x)[0])[0], Numbers.Run(resize, x)[0], 1e-14);
        Assert.Equal<int>([2, 4, 6], Function.Trace(v => Value.Resample(v, 1.5), [2, 3, 4]).Outputs[0].Shape);
        Assert.Equal<int>([2, 1, 2], Function.Trace(v => Value.Resample(v, 1.0 / 3, Interpolation.Nearest), [2, 3, 6]).Outputs[0].Shape);
    }
}
