using System.Numerics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Tests.Kernels;

public class SymmetricProductTests
{
    [Theory]
    [InlineData(0, 3)]
    [InlineData(5, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(1, 20)]
    [InlineData(7, 5)]
    [InlineData(300, 63)]
    [InlineData(40, 100)]
    [InlineData(33, 600)]
    public void Gram_matrices_meet_the_bound_and_are_symmetric_to_the_bit(int m, int n)
    {
        CheckGram<float>(m, n);
        CheckGram<double>(m, n);
    }

    [Fact]
    public void Wrong_lengths_are_named()
    {
        Assert.Equal(
            "a", Assert.Throws<ArgumentException>(() => SymmetricProduct.Gram<double>(2, 2, new double[3], new double[4], false, []))
                .ParamName);
        Assert.Equal(
            "g", Assert.Throws<ArgumentException>(() => SymmetricProduct.Gram<double>(2, 2, new double[4], new double[3], false, []))
                .ParamName);
        Assert.Equal(
            "scratch",
            Assert.Throws<ArgumentException>(() => SymmetricProduct.Gram<double>(2, 2, new double[4], new double[4], false, [])).ParamName);
    }

    private static void CheckGram<T>(int m, int n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(m + n);
        var a = new T[m * n];
        for (var i = 0; i < a.Length; i++)
        {
            a[i] = T.CreateChecked((2 * random.NextDouble()) - 1);
        }

        var g = new T[n * n];
        var scratch = new T[SymmetricProduct.ScratchLength<T>(m, n)];
        Array.Fill(g, T.NaN);
        SymmetricProduct.Gram(m, n, a, g, accumulate: false, scratch);
        var columns = new double[n][];
        for (var j = 0; j < n; j++)
        {
            columns[j] = [.. Enumerable.Range(0, m).Select(i => double.CreateChecked(a[(i * n) + j]))];
        }

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var (value, magnitude) = AccurateDot.Dot(columns[i], columns[j]);
                Assert.InRange(Math.Abs(double.CreateChecked(g[(i * n) + j]) - value), 0, AccurateDot.Gamma<T>(m + 2) * magnitude);
                Assert.Equal(g[(i * n) + j], g[(j * n) + i]);
            }
        }

        var twice = (T[])g.Clone();
        SymmetricProduct.Gram(m, n, a, twice, accumulate: true, scratch);
        for (var i = 0; i < g.Length; i++)
        {
            Assert.InRange(double.CreateChecked(twice[i] - g[i] - g[i]), -1e-4 * m, 1e-4 * m);
        }
    }
}
