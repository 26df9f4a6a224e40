namespace Retrodict.Autodiff.Tests.Sizes;

/// <summary>Reductions over rows, columns and middle axes of every length.</summary>
public class ReductionSizeTests
{
    public static TheoryData<int> Data => Lengths.Data;

    [Theory]
    [MemberData(nameof(Data))]
    public void Reductions_are_right_at_every_length(int length)
    {
        (Shape Shape, int[] Axes)[] patterns =
        [
            ([length], [0]), ([length, 3], [0]), ([3, length], [0]), ([length, 3], [1]), ([3, length], [1]), ([2, length, 3], [1]),
            ([2, 3, length], [1]), ([length, 2, 3], [1]), ([length, 2, 3], [0, 2]), ([3, 2, length], [0, 2]), ([3, length, 2], [0, 2]),
            ([2, length, 2, 2], [0, 1, 3]),
        ];
        foreach ((Shape shape, int[] axes) in patterns)
        {
            double[] x = Lengths.Sample(shape.ElementCount, length, -1, 1);
            Lengths.AssertComputes(
                Function.Trace(v => v.Sum(axes), shape).Named($"sum of {shape}"), [x], Reduce(x, shape, axes, 0, (a, b) => a + b), 4);
            Check("max", v => v.Max(axes), double.NegativeInfinity, Math.Max);
            Check("min", v => v.Min(axes), double.PositiveInfinity, Math.Min);

            void Check(string name, Func<Value, Value> reduce, double start, Func<double, double, double> combine)
            {
                Function function = Function.Trace(reduce, shape);
                double[] expected = Reduce(x, shape, axes, start, combine);
                Assert.Equal(expected, Laws.Numbers.Run(function, x)[0]);
                Assert.Equal(expected.Select(e => (float)e), function.Compile<float>().Evaluate([x.Select(e => (float)e).ToArray()])[0]);
            }
        }
    }

    [Theory]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(5000)]
    public void Long_sums_are_right(int length)
    {
        double[] x = Lengths.Sample(3 * length, length, -1, 1);
        Lengths.AssertComputes(Function.Trace(v => v.Sum(1), [3, length]), [x], Reduce(x, [3, length], [1], 0, (a, b) => a + b), 10);
        Lengths.AssertComputes(Function.Trace(v => v.Sum(0), [length, 3]), [x], Reduce(x, [length, 3], [0], 0, (a, b) => a + b), 10);
    }

    private static double[] Reduce(double[] x, Shape shape, int[] axes, double start, Func<double, double, double> combine)
    {
        Shape kept = Shape.Of([.. Enumerable.Range(0, shape.Rank).Where(axis => !axes.Contains(axis)).Select(axis => shape[axis])]);
        var result = new double[kept.ElementCount];
        Array.Fill(result, start);
        for (int i = 0; i < x.Length; i++)
        {
            int[] index = [.. Positions.Of(i, shape).Where((_, axis) => !axes.Contains(axis))];
            int at = Positions.At(index, kept);
            result[at] = combine(result[at], x[i]);
        }

        return result;
    }
}
