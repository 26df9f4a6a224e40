using System.Numerics;
using Retrodict.Autodiff.Kernels;
using Retrodict.Autodiff.Tests.Fusion;
using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Kernels;

/// <summary>Large matrices of contiguous columns times vectors.</summary>
public class ColumnStreamsTests
{
    [Theory]
    [InlineData(256, 600, Layout.ColumnMajor)]
    [InlineData(1037, 300, Layout.PaddedColumns)]
    [InlineData(9001, 29, Layout.ColumnMajor)]
    [InlineData(70_001, 2, Layout.PaddedColumns)]
    [InlineData(131_072, 1, Layout.ColumnMajor)]
    public void Every_element_is_one_chain_of_multiply_adds_in_order(int rows, int columns, Layout layout)
    {
        Check<float>(rows, columns, layout);
        Check<double>(rows, columns, layout);
    }

    [Theory]
    [InlineData(1024, 300)]
    [InlineData(1100, 257)]
    [InlineData(2600, 130)]
    public void Fusion_and_threads_change_no_bits(int rows, int columns)
    {
        var random = new Random(rows);
        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
        (string, Shape)[] inputs = [("a", [columns, rows]), ("x", columns), ("b", rows)];
        double[][] values = [Numbers(columns * rows), Numbers(columns), Numbers(rows)];
        Function left = Function.Trace(inputs, v => [("y", Value.LeakyRelu(Value.MatMul(v["a"].Permute(), v["x"]) + v["b"], 0.1))]);
        Function right = Function.Trace(inputs, v => [("y", Value.LeakyRelu(Value.MatMul(v["x"], v["a"]) + v["b"], 0.1))]);
        double[] expected =
            [.. Enumerable.Range(0, rows).Select(
                i => Enumerable.Range(0, columns).Sum(p => values[0][(p * rows) + i] * values[1][p]) + values[2][i])
                    .Select(s => s > 0 ? s : 0.1 * s)];
        foreach (Function product in new[] { left, right })
        {
            Laws.Numbers.AssertClose("product", expected, product.Compile<double>().Evaluate(values)[0], 1e-15 * columns);
            FusionLaw.AssertSameBits(product, values);
            EpilogueTests.OnThreads(product);
        }
    }

    private static unsafe void Check<T>(int rows, int columns, Layout layout)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Assert.True(ColumnStreams.Suit<T>(rows, columns));
        using var a = new GuardedMatrix<T>(rows, columns, layout).Fill(new Random(1));
        using var x = new GuardedMatrix<T>(columns, 1, Layout.Spread).Fill(new Random(2));
        using var y = new GuardedMatrix<T>(rows, 1, Layout.RowMajor).Fill(new Random(3));
        MatrixVector.Multiply(rows, columns, a.View, x.View.Data, x.View.RowStride, y.View.Data, 1, ProductUpdate.Replace, (T*)null);
        var expected = new T[rows];
        for (var i = 0; i < rows; i++)
        {
            for (var p = 0; p < columns; p++)
            {
                expected[i] = T.FusedMultiplyAdd(x[p, 0], a[i, p], expected[i]);
            }
        }

        T[] streamed = y.ToArray();
        Assert.Equal(expected, streamed);

        // Parts too short to be streamed.
        for (var i = 0; i < rows; i += 100)
        {
            MatrixVector.Multiply(
                Math.Min(100, rows - i), columns, a.View.From(i, 0), x.View.Data, x.View.RowStride, y.View.Data + i, 1,
                ProductUpdate.Replace, (T*)null);
        }

        Assert.Equal(streamed, y.ToArray());
    }
}
