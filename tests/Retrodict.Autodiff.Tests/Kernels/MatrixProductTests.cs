using System.Numerics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Tests.Kernels;

public class MatrixProductTests
{
    private static readonly int[] _sizes = [0, 1, 2, 5, 6, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 129];

    [Fact]
    public void Float_products_of_sampled_sizes_and_layouts_meet_the_bound() => SampledProducts<float>(1, 1500);

    [Fact]
    public void Double_products_of_sampled_sizes_and_layouts_meet_the_bound() => SampledProducts<double>(2, 1500);

    [Theory]
    [InlineData(7, 9, 300)]
    [InlineData(200, 70, 513)]
    [InlineData(13, 1030, 40)]
    [InlineData(400, 33, 257)]
    [InlineData(1, 70, 1000)]
    [InlineData(70, 1, 1000)]
    public void Products_larger_than_the_cache_blocks_meet_the_bound(int m, int n, int k)
    {
        var random = new Random(m + n + k);
        foreach (var layout in Enum.GetValues<Layout>())
        {
            CheckProduct<float>(m, n, k, layout, Next(layout), Layout.RowMajor, ProductUpdate.Replace, random);
            CheckProduct<double>(m, n, k, layout, layout, layout, ProductUpdate.Add, random);
        }
    }

    [Fact]
    public void Every_small_size_meets_the_bound()
    {
        var random = new Random(5);
        for (var m = 1; m <= 10; m++)
        {
            for (var n = 1; n <= 10; n++)
            {
                for (var k = 1; k <= 10; k++)
                {
                    CheckProduct<double>(m, n, k, Layout.RowMajor, Layout.ColumnMajor, Layout.RowMajor, ProductUpdate.Replace, random);
                }
            }
        }
    }

    [Fact]
    public void Matrix_vector_products_of_every_layout_meet_the_bound()
    {
        var random = new Random(8);
        foreach (var layout in Enum.GetValues<Layout>())
        {
            for (var rows = 1; rows <= 35; rows++)
            {
                foreach (var depth in new[] { 1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47 })
                {
                    CheckProduct<float>(rows, 1, depth, layout, Layout.RowMajor, Layout.RowMajor, ProductUpdate.Replace, random);
                    CheckProduct<double>(1, rows, depth, Layout.Spread, layout, Layout.RowMajor, ProductUpdate.Add, random);
                }
            }
        }
    }

    [Fact]
    public unsafe void Replacing_does_not_read_the_old_result()
    {
        foreach (var (m, n, k) in new[] { (3, 3, 3), (20, 70, 300), (20, 1, 40), (1, 33, 5), (4, 4, 0) })
        {
            using var a = new GuardedMatrix<double>(m, k, Layout.RowMajor).Fill(1.0);
            using var b = new GuardedMatrix<double>(k, n, Layout.RowMajor).Fill(1.0);
            using var c = new GuardedMatrix<double>(m, n, Layout.RowMajor).Fill(double.NaN);
            MatrixProduct.Multiply(m, n, k, a.View, b.View, c.View, accumulate: false, Scratch<double>(m, n, k));
            Assert.All(c.ToArray(), x => Assert.Equal(k, x));
        }
    }

    [Fact]
    public unsafe void Infinities_and_NaN_reach_exactly_their_row_and_column()
    {
        foreach (var (m, n, k) in new[] { (7, 8, 6), (20, 70, 37), (37, 1, 37), (37, 1, 16), (1, 37, 21) })
        {
            foreach (var layout in new[] { Layout.RowMajor, Layout.ColumnMajor })
            {
                using var a = new GuardedMatrix<double>(m, k, layout).Fill(1.0);
                using var b = new GuardedMatrix<double>(k, n, Layout.RowMajor).Fill(1.0);
                using var c = new GuardedMatrix<double>(m, n, Layout.RowMajor);
                a[m / 2, k - 1] = double.PositiveInfinity;
                b[0, n - 1] = double.NaN;
                MatrixProduct.Multiply(m, n, k, a.View, b.View, c.View, accumulate: false, Scratch<double>(m, n, k));
                for (var i = 0; i < m; i++)
                {
                    for (var j = 0; j < n; j++)
                    {
                        Assert.Equal(j == n - 1 ? double.NaN : i == m / 2 ? double.PositiveInfinity : k, c[i, j]);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(300, 300, 300)]
    [InlineData(1000, 64, 128)]
    [InlineData(64, 1000, 128)]
    [InlineData(513, 257, 70)]
    [InlineData(2000, 1, 700)]
    [InlineData(1, 2000, 700)]
    public unsafe void Parts_in_any_order_give_the_bits_of_the_whole(int m, int n, int k)
    {
        var random = new Random(3);
        foreach (var layout in new[] { Layout.RowMajor, Layout.ColumnMajor, Layout.Spread })
        {
            using var a = new GuardedMatrix<float>(m, k, layout).Fill(random);
            using var b = new GuardedMatrix<float>(k, n, Next(layout)).Fill(random);
            using var whole = new GuardedMatrix<float>(m, n, layout).Fill(1f);
            using var inParts = new GuardedMatrix<float>(m, n, layout).Fill(1f);
            MatrixProduct.Multiply(m, n, k, a.View, b.View, whole.View, accumulate: true, Scratch<float>(m, n, k));
            var parts = MatrixProduct.Parts(m, n, k);
            Assert.InRange(parts, 2, 64);
            var order = Enumerable.Range(0, parts).ToArray();
            random.Shuffle(order);
            foreach (var part in order)
            {
                MatrixProduct.MultiplyPart(part, m, n, k, a.View, b.View, inParts.View, ProductUpdate.Add, Scratch<float>(m, n, k));
            }

            Assert.Equal(whole.ToArray(), inParts.ToArray());
            Assert.True(inParts.GuardsIntact());
        }
    }

    [Fact]
    public void Parts_cover_every_result_once()
    {
        foreach (var (m, n, k) in new[] { (0, 5, 5), (1, 1, 1), (129, 4000, 70), (100_000, 3, 50), (4096, 4096, 4096),
            (130, 130, 100_000) })
        {
            var partition = ProductPartition.For(m, n, k);
            Assert.InRange(partition.Count, 1, 64);
            var area = 0L;
            for (var part = 0; part < partition.Count; part++)
            {
                area += (long)partition.Rows(part, m).GetOffsetAndLength(m).Length * partition.Columns(part, n).GetOffsetAndLength(n)
                    .Length;
            }

            Assert.Equal((long)m * n, area);
        }
    }

    [Fact]
    public unsafe void Tiled_results_do_not_depend_on_where_the_operands_lie()
    {
        const int M = 50, N = 70, K = 300;
        var random = new Random(4);
        using var a = new GuardedMatrix<float>(M, K, Layout.RowMajor).Fill(random);
        using var b = new GuardedMatrix<float>(K, N, Layout.RowMajor).Fill(random);
        float[]? first = null;
        foreach (var layout in Enum.GetValues<Layout>())
        {
            using var a2 = Copy(a, M, K, layout);
            using var b2 = Copy(b, K, N, Next(layout));
            using var c = new GuardedMatrix<float>(M, N, Next(Next(layout)));
            MatrixProduct.Multiply(M, N, K, a2.View, b2.View, c.View, accumulate: false, Scratch<float>(M, N, K));
            first ??= c.ToArray();
            Assert.Equal(first, c.ToArray());
        }
    }

    [Fact]
    public unsafe void A_broadcast_operand_has_stride_zero()
    {
        const int M = 30, N = 40, K = 20;
        var random = new Random(6);
        using var a = new GuardedMatrix<double>(1, K, Layout.RowMajor).Fill(random);
        using var b = new GuardedMatrix<double>(K, N, Layout.RowMajor).Fill(random);
        using var c = new GuardedMatrix<double>(M, N, Layout.RowMajor);
        MatrixProduct.Multiply(M, N, K, new StridedMatrix<double>(a.View.Data, 0, 1), b.View, c.View, false, Scratch<double>(M, N, K));
        for (var i = 1; i < M; i++)
        {
            for (var j = 0; j < N; j++)
            {
                Assert.Equal(c[0, j], c[i, j]);
            }
        }
    }

    [Fact]
    public unsafe void Warm_products_allocate_nothing()
    {
        using var a = new GuardedMatrix<float>(65, 65, Layout.RowMajor).Fill(1f);
        using var c = new GuardedMatrix<float>(65, 65, Layout.RowMajor);
        var scratch = Scratch<float>(65, 65, 65);
        (int M, int N, int K)[] sizes = [(65, 65, 65), (65, 1, 65), (1, 65, 65), (4, 4, 4), (65, 65, 1)];
        long before = 0;
        for (var round = 0; round < 3; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var (m, n, k) in sizes)
            {
                MatrixProduct.Multiply(m, n, k, a.View.Transposed, a.View, c.View, accumulate: true, scratch);
            }

            MatrixProduct.MultiplyPart(0, 65, 65, 65, a.View, a.View, c.View, ProductUpdate.Replace, scratch);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public unsafe void Wrong_arguments_are_named()
    {
        var none = new StridedMatrix<double>(null, 1, 1);
        Assert.Equal(
            "k", Assert.Throws<ArgumentOutOfRangeException>(() => MatrixProduct.Multiply<double>(1, 1, -1, none, none, none, false, []))
                .ParamName);
        var message = Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply<double>(20, 20, 20, none, none, none, false, []));
        Assert.Equal("scratch", message.ParamName);
        Assert.Contains("20 x 20 x 20", message.Message);
        Assert.Equal(
            "part", Assert.Throws<ArgumentOutOfRangeException>(
                () => MatrixProduct.MultiplyPart<double>(1, 2, 2, 2, none, none, none, ProductUpdate.Add, [])).ParamName);
    }

    private static void SampledProducts<T>(int seed, int samples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var layouts = Enum.GetValues<Layout>();
        var updates = Enum.GetValues<ProductUpdate>();
        for (var s = 0; s < samples; s++)
        {
            int Size() => _sizes[random.Next(_sizes.Length)];

            // Every combination of three layouts and an update comes by in turn; sizes are drawn.
            CheckProduct<T>(
                Size(), Size(), Size(), layouts[s % 5], layouts[s / 5 % 5], layouts[s / 25 % 5], updates[s / 125 % 3], random);
        }
    }

    private static unsafe void CheckProduct<T>(
        int m, int n, int k, Layout layoutA, Layout layoutB, Layout layoutC, ProductUpdate update, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var a = new GuardedMatrix<T>(m, k, layoutA).Fill(random);
        using var b = new GuardedMatrix<T>(k, n, layoutB).Fill(random);
        using var c = new GuardedMatrix<T>(m, n, layoutC).Fill(random);
        var before = c.ToArray();
        MatrixProduct.Multiply(m, n, k, a.View, b.View, c.View, update, Scratch<T>(m, n, k));
        Assert.True(c.GuardsIntact());

        var rows = Array.ConvertAll(a.ToArray(), double.CreateChecked);
        var columns = new double[n * k];
        for (var p = 0; p < k; p++)
        {
            for (var j = 0; j < n; j++)
            {
                columns[(j * k) + p] = double.CreateChecked(b[p, j]);
            }
        }

        // One more rounding for the update itself, which also bounds the tiny |C| contribution.
        var bound = AccurateDot.Gamma<T>(k + 2);
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var start = update == ProductUpdate.Replace ? 0 : double.CreateChecked(before[(i * n) + j]);
                var (value, magnitude) = AccurateDot.Dot(
                    rows.AsSpan(i * k, k), columns.AsSpan(j * k, k), start, update == ProductUpdate.Subtract ? -1 : 1);
                var error = Math.Abs(double.CreateChecked(c[i, j]) - value);
                Assert.True(
                    error <= bound * magnitude, $"{m} x {n} x {k}, {layoutA} {layoutB} {layoutC} {update}: ({i}, {j}) is off by {error}.");
            }
        }
    }

    private static GuardedMatrix<float> Copy(GuardedMatrix<float> from, int rows, int columns, Layout layout)
    {
        var copy = new GuardedMatrix<float>(rows, columns, layout);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                copy[i, j] = from[i, j];
            }
        }

        return copy;
    }

    private static Layout Next(Layout layout) => (Layout)(((int)layout + 1) % 5);

    private static T[] Scratch<T>(int m, int n, int k)
        where T : unmanaged => new T[MatrixProduct.ScratchLength<T>(m, n, k)];
}
