using System.Numerics;
using Retrodict.Autodiff.LinearAlgebra;
using Retrodict.Autodiff.Tests.Kernels;

namespace Retrodict.Autodiff.Tests.LinearAlgebra;

public class LuFactorizationTests
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
    public void Factors_and_solutions_are_backward_stable(int n)
    {
        CheckFactors<float>(n);
        CheckFactors<double>(n);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(12)]
    public void Hilbert_systems_have_small_residuals_however_ill_conditioned(int n)
    {
        var a = Matrices.Hilbert(n);
        var b = Matrices.Random<double>(n, 2, n);
        var x = Solve(a, n, b, 2, transposed: false);
        Assert.InRange(Matrices.Distance(b, Matrices.Product(n, 2, n, a, x)), 0, n * 2.3e-16 * Matrices.Norm(a) * Matrices.Norm(x));
    }

    [Fact]
    public void Rows_are_exchanged_for_the_largest_pivot()
    {
        double[] a = [0, 1e-20, 2, 1, 1, 1, -4, 2, 0];
        var pivots = new int[3];
        Assert.Equal(-1, LuFactorization.Factor<double>(a, 3, pivots, new double[LuFactorization.WorkspaceLength<double>(3)]));
        Assert.Equal([2, 1, 2], pivots);
        Assert.Equal([-4, 2, 0, -0.25, 1.5, 1, 0, 1e-20 / 1.5, 2 - (1e-20 / 1.5)], a);
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(40, 0)]
    [InlineData(40, 15)]
    [InlineData(40, 16)]
    [InlineData(40, 39)]
    [InlineData(100, 77)]
    public void A_singular_matrix_is_reported_at_its_first_zero_pivot(int n, int column)
    {
        var a = Matrices.PositiveDefinite<double>(n, n);
        for (var i = 0; i < n; i++)
        {
            a[(i * n) + column] = 0;
        }

        var pivots = new int[n];
        Assert.Equal(column, LuFactorization.Factor<double>(a, n, pivots, new double[LuFactorization.WorkspaceLength<double>(n)]));
        Assert.Equal(double.NegativeInfinity, LuFactorization.LogAbsDeterminant<double>(a, n, pivots, out var sign));
        Assert.Equal(0, sign);
    }

    [Fact]
    public void Determinants_have_the_sign_of_the_exchanges_and_do_not_overflow()
    {
        const int N = 50;
        var a = new double[N * N];
        for (var i = 0; i < N; i++)
        {
            a[(i * N) + ((i + 1) % N)] = i == 3 ? -1e30 : 1e30;
        }

        var pivots = new int[N];
        Assert.Equal(-1, LuFactorization.Factor<double>(a, N, pivots, new double[LuFactorization.WorkspaceLength<double>(N)]));
        Assert.Equal(N * 30 * Math.Log(10), LuFactorization.LogAbsDeterminant<double>(a, N, pivots, out var sign), 1e-9);

        // A cycle of even length is an odd permutation, and one entry is negative.
        Assert.Equal(1, sign);
    }

    [Fact]
    public void Warm_factorizations_and_solves_allocate_nothing()
    {
        const int N = 70;
        var matrix = Matrices.Random<double>(N, N, 3);
        var a = new double[N * N];
        var b = new double[N * 2];
        var pivots = new int[N];
        var workspace =
            new double[Math.Max(LuFactorization.WorkspaceLength<double>(N), LuFactorization.SolveWorkspaceLength<double>(N, 2))];
        long before = 0;
        for (var round = 0; round < 3; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            matrix.CopyTo(a, 0);
            LuFactorization.Factor<double>(a, N, pivots, workspace);
            LuFactorization.Solve<double>(a, N, pivots, b, 2, workspace);
            LuFactorization.Solve<double>(a, N, pivots, b, 2, workspace, transposed: true);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Assert.Equal(
            "a", Assert.Throws<ArgumentException>(() => LuFactorization.Factor<double>(new double[3], 2, new int[2], new double[99]))
                .ParamName);
        Assert.Equal(
            "pivots",
            Assert.Throws<ArgumentException>(() => LuFactorization.Factor<double>(new double[4], 2, new int[3], new double[99])).ParamName);
        Assert.Equal(
            "workspace",
            Assert.Throws<ArgumentException>(() => LuFactorization.Factor<double>(new double[4], 2, new int[2], [])).ParamName);
        Assert.Equal(
            "pivots", Assert.Throws<ArgumentException>(() => LuFactorization.Solve<double>(new double[4], 2, [0, 2], new double[2], 1, []))
                .ParamName);
        Assert.Equal(
            "b", Assert.Throws<ArgumentException>(() => LuFactorization.Solve<double>(new double[4], 2, [0, 1], new double[5], 3, []))
                .ParamName);
    }

    private static T[] Solve<T>(T[] a, int n, T[] b, int columns, bool transposed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var lu = (T[])a.Clone();
        var x = (T[])b.Clone();
        var pivots = new int[n];
        LuFactorization.Factor<T>(lu, n, pivots, new T[LuFactorization.WorkspaceLength<T>(n)]);
        LuFactorization.Solve<T>(lu, n, pivots, x, columns, new T[LuFactorization.SolveWorkspaceLength<T>(n, columns)], transposed);
        return x;
    }

    private static void CheckFactors<T>(int n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Columns = 3;
        var a = Matrices.Random<T>(n, n, n);
        var lu = (T[])a.Clone();
        var pivots = new int[n];
        Assert.Equal(-1, LuFactorization.Factor<T>(lu, n, pivots, new T[LuFactorization.WorkspaceLength<T>(n)]));

        // |P A - L U| <= gamma_n |L| |U|, element by element (Higham 2002, theorem 9.3), and multipliers of at most 1.
        var permuted = Array.ConvertAll(a, double.CreateChecked);
        for (var k = 0; k < n; k++)
        {
            Assert.InRange(pivots[k], k, n - 1);
            for (var j = 0; j < n; j++)
            {
                (permuted[(k * n) + j], permuted[(pivots[k] * n) + j]) = (permuted[(pivots[k] * n) + j], permuted[(k * n) + j]);
            }
        }

        var wide = Array.ConvertAll(lu, double.CreateChecked);
        for (var i = 0; i < n; i++)
        {
            var l = new double[n];
            wide.AsSpan(i * n, i).CopyTo(l);
            l[i] = 1;
            Assert.True(l.All(element => Math.Abs(element) <= 1));
            for (var j = 0; j < n; j++)
            {
                var u = Enumerable.Range(0, n).Select(p => p <= j ? wide[(p * n) + j] : 0).ToArray();
                var (value, magnitude) = AccurateDot.Dot(l, u);
                var error = Math.Abs(permuted[(i * n) + j] - value);
                Assert.True(error <= AccurateDot.Gamma<T>(n + 3) * magnitude, $"n = {n}: ({i}, {j}) is off by {error}.");
            }
        }

        var b = Matrices.Random<T>(n, Columns, 5);
        foreach (var transposed in new[] { false, true })
        {
            var x = Solve(a, n, b, Columns, transposed);
            var residual = Matrices.Distance(b, Matrices.Product(n, Columns, n, transposed ? Matrices.Transpose(n, n, a) : a, x));
            Assert.InRange(residual, 0, 6 * n * AccurateDot.UnitRoundoff<T>() * Matrices.Norm(a) * Matrices.Norm(x));
        }
    }
}
