using Retrodict.Autodiff;

namespace Retrodict.Tests.Numerics;

public class RowMapTests
{
    private static readonly Function _function = Function.Trace(x => Value.Stack(x.Sum(), Value.Exp(x[0]) * x[2]), 3);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void Every_row_is_mapped_on_its_own(int count)
    {
        double[] rows = Rows(count);
        double[] results = RowMap.Apply(_function, rows);
        Assert.Equal(2 * count, results.Length);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> x = rows.AsSpan(3 * i, 3);
            Assert.Equal(x[0] + x[1] + x[2], results[2 * i], 1e-14);
            Assert.Equal(Math.Exp(x[0]) * x[2], results[(2 * i) + 1], 1e-14);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(null)]
    public void Rows_that_are_made_give_the_same_bits_on_any_number_of_threads(int? threads)
    {
        double[] rows = Rows(150);
        var map = new RowMap(_function);
        double[] made = map.Apply(150, (row, input) => rows.AsSpan(3 * row, 3).CopyTo(input), threads);
        Assert.Equal(RowMap.Apply(_function, rows), made);

        // What a row gives does not depend on how many there are.
        Assert.Equal(made[..(2 * 70)], map.Apply(70, (row, input) => rows.AsSpan(3 * row, 3).CopyTo(input), threads));
    }

    [Fact]
    public void It_knows_its_lengths()
    {
        var map = new RowMap(_function, 8);
        Assert.Equal((8, 3, 2), (map.BlockSize, map.InputLength, map.OutputLength));
    }

    [Fact]
    public void Misuse_is_named()
    {
        Function two = Function.Trace([("x", 3), ("y", 3)], v => [("z", v["x"] + v["y"])]);
        Assert.Throws<ArgumentException>("function", () => new RowMap(two));
        Assert.Throws<ArgumentOutOfRangeException>("blockSize", () => new RowMap(_function, 0));
        Assert.Throws<ArgumentException>("rows", () => RowMap.Apply(_function, new double[4]));
        var map = new RowMap(_function);
        Assert.Throws<ArgumentOutOfRangeException>("count", () => map.Apply(-1, (_, _) => { }));
        Assert.Throws<ArgumentOutOfRangeException>("threads", () => map.Apply(1, (_, _) => { }, threads: 0));
        Assert.ThrowsAny<OperationCanceledException>(
            () => map.Apply(1, (_, _) => { }, cancellation: new CancellationToken(canceled: true)));
    }

    private static double[] Rows(int count) => [.. Enumerable.Range(0, 3 * count).Select(i => Math.Sin(i))];
}
