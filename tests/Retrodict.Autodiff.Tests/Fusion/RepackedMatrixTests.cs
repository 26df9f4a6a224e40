using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Fusion;

/// <summary>Constant matrices that meet a vector are stored by columns.</summary>
public class RepackedMatrixTests
{
    [Theory]
    [InlineData(64, 7)]
    [InlineData(65, 64)]
    [InlineData(128, 1)]
    [InlineData(300, 40)]
    [InlineData(31, 90)]
    [InlineData(700, 500)]
    public void Constant_matrices_times_vectors_equal_the_sums(int rows, int columns)
    {
        var random = new Random((1000 * rows) + columns);
        double[] a = [.. Enumerable.Range(0, rows * columns).Select(_ => (2 * random.NextDouble()) - 1)];
        double[] x = [.. Enumerable.Range(0, columns).Select(_ => (2 * random.NextDouble()) - 1)];
        double[] expected = [.. Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, columns).Sum(j => a[(i * columns) + j] * x[j]))];
        double[] transposed = [.. Enumerable.Range(0, rows * columns).Select(e => a[(e % rows * columns) + (e / rows)])];
        Function left = Function.Trace(v => Value.MatMul(Value.Constant(a, [rows, columns]), v), columns);
        Function right = Function.Trace(v => Value.MatMul(v, Value.Constant(transposed, [columns, rows])), columns);
        Function rightByRows = Function.Trace(v => Value.Einsum("j,ij->i", v, Value.Constant(a, [rows, columns])), columns);
        foreach (Function product in new[] { left, right, rightByRows })
        {
            Numbers.AssertClose("product", expected, product.Compile<double>().Evaluate([x])[0], 1e-15 * columns + 1e-15);
            float[] single = [.. x.Select(e => (float)e)];
            Numbers.AssertClose(
                "in single precision", expected, [.. product.Compile<float>().Evaluate([single])[0].Select(e => (double)e)],
                1e-6 * columns);
            FusionLaw.AssertSameBits(product, [x]);
            EpilogueTests.OnThreads(product);
        }
    }
}
