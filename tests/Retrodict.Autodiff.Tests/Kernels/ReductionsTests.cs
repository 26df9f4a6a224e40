using System.Numerics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Tests.Kernels;

public class ReductionsTests
{
    private static readonly int[] s_lengths = [.. Enumerable.Range(0, 71), 255, 1023, 1024, 1025, 2048, 5000, 100_003];

    [Fact]
    public void Sums_and_inner_products_err_like_a_logarithm()
    {
        SumsAndProducts<double>(double.BitIncrement(1) - 1);
        SumsAndProducts<float>(MathF.BitIncrement(1) - 1);
    }

    [Fact]
    public void Sums_do_not_depend_on_alignment()
    {
        var x = Numbers<float>(5000, 4);
        var shifted = new float[5003];
        x.CopyTo(shifted, 3);
        Assert.Equal(Reductions.Sum<float>(x), Reductions.Sum<float>(shifted.AsSpan(3)));
    }

    [Fact]
    public void Maxima()
    {
        Assert.Equal(double.NegativeInfinity, Reductions.Max<double>([]));
        foreach (var length in s_lengths.Skip(1).Take(72))
        {
            for (var i = 0; i < length; i++)
            {
                var x = new float[length];
                x.AsSpan().Fill(-5);
                x[i] = -4;
                Assert.Equal(-4, Reductions.Max<float>(x));
                x[i] = float.NaN;
                Assert.Equal(float.NaN, Reductions.Max<float>(x));
            }
        }

        Assert.Equal(3, Reductions.Max<double>([-1, 3, double.NegativeInfinity]));
    }

    [Fact]
    public void Scaled_additions_are_fused()
    {
        foreach (var length in s_lengths)
        {
            var (x, y) = (Numbers<double>(length, 5), Numbers<double>(length, 6));
            var expected = x.Zip(y, (a, b) => Math.FusedMultiplyAdd(0.3, a, b)).ToArray();
            Reductions.AddScaled(0.3, x, y);
            Assert.Equal(expected, y);
        }
    }

    [Fact]
    public void Columns()
    {
        foreach (var rows in new[] { 0, 1, 2, 3, 63, 64, 65, 200 })
        {
            foreach (var columns in new[] { 0, 1, 5, 8, 16, 17, 33 })
            {
                var x = Numbers<double>(rows * columns, 7);
                var (sums, maxima) = (new double[columns], new double[columns]);
                Reductions.SumColumns(x, rows, columns, sums);
                Reductions.MaxColumns(x, rows, columns, maxima);
                for (var c = 0; c < columns; c++)
                {
                    var column = Enumerable.Range(0, rows).Select(r => x[(r * columns) + c]).ToArray();
                    var alone = new double[1];
                    Reductions.SumColumns(column, rows, 1, alone);
                    Assert.Equal(alone[0], sums[c]);
                    Assert.Equal((double)column.Sum(v => (decimal)v), sums[c], 1e-12);
                    Assert.Equal(column.Append(double.NegativeInfinity).Max(), maxima[c]);
                }
            }
        }
    }

    [Fact]
    public void Some_columns_of_a_block_are_reduced_as_within_all()
    {
        const int Rows = 70;
        const int Stride = 50;
        var x = Numbers<double>(Rows * Stride, 8);
        var (sums, maxima) = (new double[Stride], new double[Stride]);
        Reductions.SumColumns(x, Rows, Stride, sums);
        Reductions.MaxColumns(x, Rows, Stride, maxima);
        foreach (var (first, count) in new[] { (0, 50), (0, 1), (49, 1), (3, 37), (7, 8), (18, 32) })
        {
            var some = new double[count];
            Reductions.SumColumns(x.AsSpan(first, ((Rows - 1) * Stride) + count), Rows, Stride, some);
            Assert.Equal(sums[first..(first + count)], some);
            Reductions.MaxColumns(x.AsSpan(first, ((Rows - 1) * Stride) + count), Rows, Stride, some);
            Assert.Equal(maxima[first..(first + count)], some);
        }

        Assert.Throws<ArgumentException>(() => Reductions.SumColumns(x, Rows, Stride, new double[3]));
        Assert.Throws<ArgumentException>(() => Reductions.MaxColumns(x, Rows, Stride, new double[3]));
    }

    [Fact]
    public void A_column_with_a_NaN_has_no_maximum()
    {
        var maxima = new double[2];
        Reductions.MaxColumns([1, 2, double.NaN, 3, 4, 5], 3, 2, maxima);
        Assert.Equal([double.NaN, 5], maxima);
    }

    private static void SumsAndProducts<T>(double epsilon)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var length in s_lengths)
        {
            var (x, y) = (Numbers<T>(length, 1), Numbers<T>(length, 2));
            DoubleDouble sum = 0.0, product = 0.0;
            var (sizeOfSum, sizeOfProduct) = (0.0, 0.0);
            for (var i = 0; i < length; i++)
            {
                DoubleDouble a = double.CreateTruncating(x[i]), b = double.CreateTruncating(y[i]);
                sum += a;
                product += a * b;
                sizeOfSum += Math.Abs(a.High);
                sizeOfProduct += Math.Abs((a * b).High);
            }

            // At most 1024 / 32 additions in a lane, the tree over lanes and the tree over blocks.
            var depth = Math.Min(length / 32.0, 32) + Math.Log2(length + 1) + 8;
            var (gotSum, gotProduct) = (double.CreateTruncating(Reductions.Sum<T>(x)), double.CreateTruncating(Reductions.Dot<T>(x, y)));
            Assert.True(Math.Abs(gotSum - sum.High) <= depth * epsilon * sizeOfSum);
            Assert.True(Math.Abs(gotProduct - product.High) <= depth * epsilon * sizeOfProduct);
        }
    }

    private static T[] Numbers<T>(int length, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return Enumerable.Range(0, length).Select(_ => T.CreateTruncating(random.NextDouble() - 0.3)).ToArray();
    }
}
