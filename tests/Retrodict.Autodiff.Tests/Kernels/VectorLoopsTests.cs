using System.Numerics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Tests.Kernels;

/// <summary>Every length, between guards, against plain loops.</summary>
public unsafe class VectorLoopsTests
{
    private const int Longest = 70;

    [Fact]
    public void Loops_compute_what_they_say_and_write_nothing_else()
    {
        for (var n = 0; n <= Longest; n++)
        {
            Check<float>(n);
            Check<double>(n);
        }
    }

    private static void Check<T>(int n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var tolerance = double.CreateChecked(T.BitIncrement(T.One) - T.One) * 4;
        var (a, b) = (T.CreateChecked(0.6), T.CreateChecked(-0.8));
        Run((x, y) => VectorLoops.AddMultiple(n, a, x, y), (x, y) => (x, y + (0.6 * x)));
        Run((x, y) => VectorLoops.Rotate(n, a, b, x, y), (x, y) => ((0.6 * x) - (0.8 * y), (0.6 * y) + (0.8 * x)));
        Run((x, y) => VectorLoops.Swap(n, x, y), (x, y) => (y, x));
        Run((x, y) => VectorLoops.Divide(n, x, a), (x, y) => (x / 0.6, y));
        Run((x, y) => VectorLoops.AddProduct(n, x, x, y), (x, y) => (x, y + (x * x)));
        using var p = new GuardedMatrix<T>(1, n, Layout.RowMajor).Fill(new Random(1));
        using var q = new GuardedMatrix<T>(1, n, Layout.RowMajor).Fill(new Random(2));
        var expected = p.ToArray().Zip(q.ToArray(), (x, y) => double.CreateChecked(x) * double.CreateChecked(y)).Sum();
        Assert.Equal(expected, double.CreateChecked(VectorLoops.Dot(n, p.View.Data, q.View.Data)), tolerance * (n + 1));

        void Run(Loop<T> loop, Func<double, double, (double X, double Y)> each)
        {
            using var x = new GuardedMatrix<T>(1, n, Layout.RowMajor).Fill(new Random(3));
            using var y = new GuardedMatrix<T>(1, n, Layout.RowMajor).Fill(new Random(4));
            var pairs = x.ToArray().Zip(y.ToArray(), (s, t) => each(double.CreateChecked(s), double.CreateChecked(t))).ToArray();
            loop(x.View.Data, y.View.Data);
            Assert.True(x.GuardsIntact() && y.GuardsIntact());
            for (var i = 0; i < n; i++)
            {
                Assert.Equal(pairs[i].X, double.CreateChecked(x[0, i]), tolerance);
                Assert.Equal(pairs[i].Y, double.CreateChecked(y[0, i]), tolerance);
            }
        }
    }

    private delegate void Loop<T>(T* x, T* y)
        where T : unmanaged;
}
