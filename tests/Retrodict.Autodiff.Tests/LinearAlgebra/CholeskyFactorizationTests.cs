using System.Numerics;
using Retrodict.Autodiff.LinearAlgebra;
using Retrodict.Autodiff.Tests.Kernels;

namespace Retrodict.Autodiff.Tests.LinearAlgebra;

public class CholeskyFactorizationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(100)]
    [InlineData(200)]
    public void Factor_and_solution_are_backward_stable(int n)
    {
        CheckFactor<float>(n);
        CheckFactor<double>(n);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(12)]
    public void Hilbert_matrices_factor_with_a_small_backward_error_however_ill_conditioned(int n)
    {
        var a = Matrices.Hilbert(n);
        var l = (double[])a.Clone();
        Assert.True(CholeskyFactorization.TryFactor<double>(l, n));
        var error = Matrices.Distance(a, Matrices.Product(n, n, n, l, Matrices.Transpose(n, n, l)));
        Assert.InRange(error, 0, n * 1.2e-16 * Matrices.Norm(a));

        // The condition number of the 8 x 8 Hilbert matrix is 1.5e10, that of the 12 x 12 one 1.7e16.
        double[] condition = [double.NaN, 1, 19.3, 524.1, 1.55e4, 4.77e5, 1.5e7, 4.75e8, 1.526e10, 4.93e11, 1.6e13, 5.2e14, 1.8e16];
        Assert.InRange(CholeskyFactorization.ReciprocalConditionFromDiagonal<double>(l, n), 0.5 / condition[n], 1);
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(40, 0)]
    [InlineData(40, 15)]
    [InlineData(40, 16)]
    [InlineData(40, 39)]
    [InlineData(100, 77)]
    public void An_indefinite_matrix_fails_at_its_pivot(int n, int pivot)
    {
        foreach (var value in new[] { -1e9, double.NaN, double.PositiveInfinity })
        {
            var a = Matrices.PositiveDefinite<double>(n, n);
            a[(pivot * n) + pivot] = value;
            Assert.False(CholeskyFactorization.TryFactor<double>(a, n, out var failing));
            Assert.Equal(pivot, failing);
        }
    }

    [Fact]
    public void NaN_and_singularity_are_found_wherever_they_are()
    {
        const int N = 50;
        var a = Matrices.PositiveDefinite<double>(N, 1);
        a[(30 * N) + 10] = double.NaN;
        Assert.False(CholeskyFactorization.TryFactor<double>(a, N, out var failing));
        Assert.Equal(30, failing);
        Assert.False(CholeskyFactorization.TryFactor<double>(new double[N * N], N, out failing));
        Assert.Equal(0, failing);
    }

    [Fact]
    public void Only_the_lower_triangle_is_read_and_the_upper_one_is_cleared()
    {
        const int N = 37;
        var expected = Matrices.PositiveDefinite<double>(N, 2);
        var a = (double[])expected.Clone();
        for (var i = 0; i < N; i++)
        {
            a.AsSpan((i * N) + i + 1, N - i - 1).Fill(double.NaN);
        }

        Assert.True(CholeskyFactorization.TryFactor<double>(expected, N));
        Assert.True(CholeskyFactorization.TryFactor<double>(a, N));
        Assert.Equal(expected, a);
        Assert.Equal(0, a[1]);
    }

    [Fact]
    public void The_diagonal_bounds_the_condition_from_below()
    {
        var l = Matrices.Identity(3);
        l[0] = 10;
        Assert.Equal(0.01, CholeskyFactorization.ReciprocalConditionFromDiagonal<double>(l, 3), 1e-15);
        Assert.Equal(1, CholeskyFactorization.ReciprocalConditionFromDiagonal<double>([], 0));
        l[4] = double.NaN;
        Assert.Equal(double.NaN, CholeskyFactorization.ReciprocalConditionFromDiagonal<double>(l, 3));
    }

    [Fact]
    public void Warm_factorizations_and_solves_allocate_nothing()
    {
        const int N = 70;
        var matrix = Matrices.PositiveDefinite<double>(N, 3);
        var a = new double[N * N];
        var b = new double[N * 2];
        var workspace =
            new double[Math.Max(
                CholeskyFactorization.WorkspaceLength<double>(N), CholeskyFactorization.SolveWorkspaceLength<double>(N, 2))];
        long before = 0;
        for (var round = 0; round < 3; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            matrix.CopyTo(a, 0);
            CholeskyFactorization.TryFactor<double>(a, N, workspace);
            CholeskyFactorization.Solve<double>(a, N, b, 2, workspace);
            matrix.CopyTo(a, 0);
            CholeskyFactorization.TryFactor<double>(a, N);
            CholeskyFactorization.Solve<double>(a, N, b, 2);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Assert.Equal("a", Assert.Throws<ArgumentException>(() => CholeskyFactorization.TryFactor<double>(new double[3], 2)).ParamName);
        Assert.Equal(
            "workspace",
            Assert.Throws<ArgumentException>(() => CholeskyFactorization.TryFactor<double>(new double[400], 20, [])).ParamName);
        var error = Assert.Throws<ArgumentException>(() => CholeskyFactorization.Solve<double>(new double[4], 2, new double[5], 3));
        Assert.Equal("b", error.ParamName);
        Assert.Contains("2 x 3", error.Message);
    }

    private static void CheckFactor<T>(int n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Columns = 3;
        var a = Matrices.PositiveDefinite<T>(n, n);
        var l = (T[])a.Clone();
        Assert.True(CholeskyFactorization.TryFactor<T>(l, n, out var failing));
        Assert.Equal(-1, failing);

        // |A - L L'| <= gamma_{n+1} |L| |L'|, element by element (Higham 2002, theorem 10.3).
        var wide = Array.ConvertAll(l, double.CreateChecked);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var (value, magnitude) = AccurateDot.Dot(wide.AsSpan(i * n, n), wide.AsSpan(j * n, n));
                var error = Math.Abs(double.CreateChecked(a[(i * n) + j]) - value);
                Assert.True(error <= AccurateDot.Gamma<T>(n + 3) * magnitude, $"n = {n}: ({i}, {j}) is off by {error}.");
            }
        }

        var b = Matrices.Random<T>(n, Columns, 5);
        var x = (T[])b.Clone();
        CholeskyFactorization.Solve<T>(l, n, x, Columns);
        var residual = Matrices.Distance(b, Matrices.Product(n, Columns, n, a, x));
        var bound = 4 * n * AccurateDot.UnitRoundoff<T>() * Matrices.Norm(a) * Matrices.Norm(x);
        Assert.InRange(residual, 0, bound);
    }
}
