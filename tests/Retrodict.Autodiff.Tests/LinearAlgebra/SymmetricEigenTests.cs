using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Tests.LinearAlgebra;

public class SymmetricEigenTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(130)]
    public void Random_matrices_are_decomposed(int n)
    {
        var a = Matrices.Random<double>(n, n, n + 1);
        Check(Symmetric(a, n), n);
        Check(Matrices.PositiveDefinite<double>(n, n), n);

        // Only the lower triangle is read.
        var (values, vectors) = Decompose(Symmetric(a, n), n);
        for (var i = 0; i < n; i++)
        {
            a.AsSpan((i * n) + i + 1, n - i - 1).Fill(double.NaN);
        }

        var (again, same) = Decompose(a, n);
        Assert.Equal(values, again);
        Assert.Equal(vectors, same);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(60)]
    public void A_Toeplitz_tridiagonal_matrix_has_the_values_and_vectors_of_the_sine_transform(int n)
    {
        var a = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            a[i * (n + 1)] = 2;
            if (i > 0)
            {
                a[(i * n) + i - 1] = a[((i - 1) * n) + i] = -1;
            }
        }

        var (values, vectors) = Check(a, n);
        for (var k = 0; k < n; k++)
        {
            var angle = (k + 1) * Math.PI / (n + 1);
            Assert.Equal(2 - (2 * Math.Cos(angle)), values[k], 1e-14);
            var sine = Enumerable.Range(1, n).Select(i => Math.Sqrt(2.0 / (n + 1)) * Math.Sin(i * angle)).ToArray();
            var sign = Math.Sign(sine.Zip(Enumerable.Range(0, n), (s, i) => s * vectors[(i * n) + k]).Sum());
            for (var i = 0; i < n; i++)
            {
                Assert.Equal(sign * sine[i], vectors[(i * n) + k], 1e-12);
            }
        }
    }

    [Fact]
    public void Hilbert_values_are_right_to_rounding_of_the_largest()
    {
        // From W. Gautschi and others; the smallest one of order 8 is 1.11e-10.
        var (values, _) = Check(Matrices.Hilbert(3), 3);
        Assert.Equal(0.002687340355773529, values[0], 1e-15);
        Assert.Equal(0.122327065853906, values[1], 1e-14);
        Assert.Equal(1.408318927123654, values[2], 1e-14);
        (values, _) = Check(Matrices.Hilbert(8), 8);
        Assert.Equal(1.1115389663724e-10, values[0], 1e-15);
    }

    [Theory]
    [InlineData(64, 11)]
    [InlineData(64, 1)]
    [InlineData(65, 12)]
    [InlineData(96, 20)]
    [InlineData(130, 7)]
    public void Null_spaces_of_many_dimensions_are_decomposed(int n, int rank)
    {
        // The covariance of sums of a few sines: null vectors know of the others by rounding alone.
        var weights = Matrices.Random<double>(rank, rank, n);
        var samples = new double[n * rank];
        for (var i = 0; i < n * rank; i++)
        {
            samples[i] = Enumerable.Range(0, rank).Sum(k => Mode(k, i / rank) * weights[(k * rank) + (i % rank)] / (k + 1));
        }

        var a = new double[n * n];
        for (var i = 0; i < n * n; i++)
        {
            a[i] = Enumerable.Range(0, rank).Sum(k => samples[(i / n * rank) + k] * samples[(i % n * rank) + k]);
        }

        var (values, _) = Check(a, n);
        Assert.Equal(n - rank, values.Count(value => Math.Abs(value) < 1e-12 * n));

        double Mode(int k, int i) => k == 0 ? 1 : Math.Sin(Math.PI * k * (i + 1) / (n + 1));
    }

    [Fact]
    public void Matrices_with_equal_values_have_orthonormal_vectors()
    {
        const int N = 20;
        Check(new double[N * N], N);
        Check(Matrices.Identity(N), N);
        Check([.. Enumerable.Repeat(1.0, N * N)], N);

        // I - 2 v v': the value -1 once, 1 otherwise.
        var v = Matrices.Random<double>(N, 1, 4);
        var norm = Matrices.Norm(v);
        var reflection = Matrices.Identity(N).Select((x, i) => x - (2 * v[i / N] * v[i % N] / norm / norm)).ToArray();
        var (values, _) = Check(reflection, N);
        Assert.Equal(-1, values[0], 1e-14);
        Assert.All(values[1..], value => Assert.Equal(1, value, 1e-14));
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    [InlineData(5e-324)]
    public void Huge_and_tiny_matrices_are_scaled(double size)
    {
        double[] a = [2 * size, size, 0, size, 2 * size, size, 0, size, 2 * size];
        var (values, _) = Decompose(a, 3);
        Assert.Equal(2 + Math.Sqrt(2), values[2] / size, size < 1e-310 ? 1 : 1e-14);
        Assert.Equal(2, values[1] / size, 1e-14);
    }

    [Fact]
    public void A_graded_matrix_converges()
    {
        const int N = 30;
        var a = new double[N * N];
        for (var i = 0; i < N; i++)
        {
            for (var j = 0; j < N; j++)
            {
                a[(i * N) + j] = Math.Pow(10, -(i + j) * 6) * (i == j ? 2 : 1);
            }
        }

        Check(a, N);
        Check([.. a.Reverse()], N);
    }

    [Fact]
    public void The_first_of_the_largest_components_is_positive()
    {
        var (_, vectors) = Decompose([0, 1, 1, 0], 2);
        var half = Math.Sqrt(0.5);
        Assert.Equal(half, vectors[0], 1e-15);
        Assert.Equal(half, vectors[1], 1e-15);
        Assert.Equal(-half, vectors[2], 1e-15);
        Assert.Equal(half, vectors[3], 1e-15);
    }

    [Fact]
    public void A_matrix_with_NaN_or_infinity_has_none()
    {
        foreach (var bad in new[] { double.NaN, double.PositiveInfinity })
        {
            var a = Matrices.Identity(5);
            a[11] = bad;
            Assert.False(SymmetricEigen.TryDecompose(a, 5, new double[5], new double[25], new double[SymmetricEigen.WorkspaceLength(5)]));
        }
    }

    [Fact]
    public void Nothing_is_allocated_and_wrong_arguments_are_named()
    {
        var a = Matrices.PositiveDefinite<double>(20, 1);
        var (values, vectors, workspace) = (new double[20], new double[400], new double[SymmetricEigen.WorkspaceLength(20)]);
        SymmetricEigen.TryDecompose(a, 20, values, vectors, workspace);
        var before = GC.GetAllocatedBytesForCurrentThread();
        SymmetricEigen.TryDecompose(a, 20, values, vectors, workspace);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(
            "values",
            Assert.Throws<ArgumentException>(() => SymmetricEigen.TryDecompose(a, 20, new double[3], vectors, workspace)).ParamName);
        Assert.Equal(
            "workspace", Assert.Throws<ArgumentException>(() => SymmetricEigen.TryDecompose(a, 20, values, vectors, [])).ParamName);
    }

    private static double[] Symmetric(double[] a, int n) => [.. a.Select((x, i) => i % n <= i / n ? x : a[((i % n) * n) + (i / n)])];

    private static (double[] Values, double[] Vectors) Decompose(double[] a, int n)
    {
        var (values, vectors) = (new double[n], new double[n * n]);
        Assert.True(SymmetricEigen.TryDecompose(a, n, values, vectors, new double[SymmetricEigen.WorkspaceLength(n)]));
        return (values, vectors);
    }

    private static (double[] Values, double[] Vectors) Check(double[] a, int n)
    {
        var (values, vectors) = Decompose(a, n);
        Assert.Equal(values.Order(), values);
        var transposed = Matrices.Transpose(n, n, vectors);
        Assert.InRange(Matrices.Distance(Matrices.Product(n, n, n, transposed, vectors), Matrices.Identity(n)), 0, 5e-16 * n * 2);
        var scaled = vectors.Select((x, i) => x * values[i % n]).ToArray();
        Assert.InRange(Matrices.Distance(a, Matrices.Product(n, n, n, scaled, transposed)), 0, 5e-16 * n * Matrices.Norm(a));
        return (values, vectors);
    }
}
