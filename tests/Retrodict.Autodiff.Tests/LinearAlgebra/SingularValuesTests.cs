using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Tests.LinearAlgebra;

public class SingularValuesTests
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 5, 5, 5 }, { 5, 5, 0 }, { 8, 3, 3 }, { 3, 8, 3 }, { 20, 12, 7 }, { 12, 20, 7 }, { 1, 9, 1 }, { 9, 1, 1 },
        { 60, 40, 40 }, { 40, 60, 40 }, { 70, 70, 35 }, { 100, 33, 1 }, { 0, 4, 0 }, { 4, 0, 0 }, { 0, 0, 0 }, { 64, 64, 64 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Random_matrices_of_any_rank_are_decomposed(int m, int n, int rank)
    {
        var a = Matrices.OfRank(m, n, rank, m + n);
        var (_, values, _) = Check(a, m, n);
        Assert.All(values[rank..], value => Assert.InRange(value, 0, 1e-13));
        Assert.All(values[..rank], value => Assert.InRange(value, 1e-4, double.MaxValue));
    }

    [Fact]
    public void Zero_rows_columns_and_blocks_get_orthonormal_vectors()
    {
        var a = new double[48];
        (a[9], a[20], a[43]) = (3, -4, 0.5);
        var (_, values, _) = Check(a, 8, 6);
        Assert.Equal([4, 3, 0.5, 0, 0, 0], values);
        Check(new double[12], 3, 4);
        Check(Matrices.Identity(7), 7, 7);
        Check([.. Enumerable.Repeat(1.0, 30)], 5, 6);
    }

    [Fact]
    public void Values_of_positive_definite_matrices_are_their_eigenvalues()
    {
        const int N = 25;
        var a = Matrices.PositiveDefinite<double>(N, 8);
        var (_, values, _) = Check(a, N, N);
        var (eigenvalues, vectors) = (new double[N], new double[N * N]);
        Assert.True(SymmetricEigen.TryDecompose(a, N, eigenvalues, vectors, new double[SymmetricEigen.WorkspaceLength(N)]));
        for (var i = 0; i < N; i++)
        {
            Assert.Equal(eigenvalues[N - 1 - i], values[i], 1e-14 * values[0]);
        }
    }

    [Fact]
    public void Kahan_and_Hilbert_matrices_have_their_small_values_to_rounding()
    {
        // |A^-1| of Kahan's matrix grows so that the smallest value lies far below the last diagonal element s^(n-1) of R.
        const int N = 40;
        var kahan = Matrices.Kahan(N, 1.2);
        var (_, values, _) = Check(kahan, N, N);
        var pivot = Math.Pow(Math.Sin(1.2), N - 1);
        Assert.InRange(values[^1], 1e-9, pivot / 10);
        Check(Matrices.Hilbert(12), 12, 12);
        (_, values, _) = Check(Matrices.Hilbert(8), 8, 8);
        Assert.Equal(1.1115389663724e-10, values[^1], 1e-16);
    }

    [Fact]
    public void Badly_scaled_columns_cost_no_relative_accuracy()
    {
        // A D with well-conditioned A: values are right relative to themselves, so those of A D and of its columns in another order agree.
        const int N = 12;
        var a = Matrices.PositiveDefinite<double>(N, 3).Select((x, i) => x * Math.Pow(10, -9 * (i % N))).ToArray();
        var (_, values, _) = Decompose(a, N, N);
        var (_, reversed, _) = Decompose([.. a.Select((_, i) => a[((i / N) * N) + N - 1 - (i % N)])], N, N);
        for (var i = 0; i < N; i++)
        {
            Assert.Equal(values[i], reversed[i], 1e-12 * values[i]);
        }

        Assert.InRange(values[^1], 1e-101, 1e-97);
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    public void Huge_and_tiny_matrices_are_scaled(double size)
    {
        var (_, values, _) = Decompose([3 * size, 0, 4 * size, 5 * size], 2, 2);
        Assert.Equal(Math.Sqrt(45), values[0] / size, 1e-14);
        Assert.Equal(Math.Sqrt(5), values[1] / size, 1e-14);
    }

    [Fact]
    public void A_matrix_with_NaN_or_infinity_has_none()
    {
        foreach (var bad in new[] { double.NaN, double.NegativeInfinity })
        {
            var a = Matrices.Random<double>(4, 3, 1);
            a[7] = bad;
            Assert.False(
                SingularValues.TryDecompose(
                    a, 4, 3, new double[12], new double[3], new double[9], new double[SingularValues.WorkspaceLength(4, 3)]));
        }
    }

    [Fact]
    public void Nothing_is_allocated_and_wrong_arguments_are_named()
    {
        var a = Matrices.Random<double>(20, 15, 2);
        var (u, values, v, workspace) =
            (new double[300], new double[15], new double[225], new double[SingularValues.WorkspaceLength(20, 15)]);
        SingularValues.TryDecompose(a, 20, 15, u, values, v, workspace);
        var before = GC.GetAllocatedBytesForCurrentThread();
        SingularValues.TryDecompose(a, 20, 15, u, values, v, workspace);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(
            "u", Assert.Throws<ArgumentException>(() => SingularValues.TryDecompose(a, 20, 15, new double[3], values, v, workspace))
                .ParamName);
        Assert.Equal(
            "workspace", Assert.Throws<ArgumentException>(() => SingularValues.TryDecompose(a, 20, 15, u, values, v, [])).ParamName);
    }

    private static (double[] U, double[] Values, double[] V) Decompose(double[] a, int m, int n)
    {
        var k = Math.Min(m, n);
        var (u, values, v) = (new double[m * k], new double[k], new double[n * k]);
        Assert.True(SingularValues.TryDecompose(a, m, n, u, values, v, new double[SingularValues.WorkspaceLength(m, n)]));
        return (u, values, v);
    }

    private static (double[] U, double[] Values, double[] V) Check(double[] a, int m, int n)
    {
        var k = Math.Min(m, n);
        var (u, values, v) = Decompose(a, m, n);
        Assert.Equal(values.OrderDescending(), values);
        Assert.All(values, value => Assert.True(value >= 0));
        Assert.InRange(
            Matrices.Distance(Matrices.Product(k, k, m, Matrices.Transpose(m, k, u), u), Matrices.Identity(k)), 0, 1e-15 * (m + 2));
        Assert.InRange(
            Matrices.Distance(Matrices.Product(k, k, n, Matrices.Transpose(n, k, v), v), Matrices.Identity(k)), 0, 1e-15 * (n + 2));
        var scaled = u.Select((x, i) => x * values[i % k]).ToArray();
        Assert.InRange(
            Matrices.Distance(a, Matrices.Product(m, n, k, scaled, Matrices.Transpose(n, k, v))), 0, 1e-15 * (k + 2) * Matrices.Norm(a));
        for (var j = 0; j < k; j++)
        {
            var column = Enumerable.Range(0, m).Select(i => u[(i * k) + j]).ToArray();
            Assert.True(column.First(x => Math.Abs(x) >= 0.99 * column.Max(Math.Abs)) > 0);
        }

        return (u, values, v);
    }
}
