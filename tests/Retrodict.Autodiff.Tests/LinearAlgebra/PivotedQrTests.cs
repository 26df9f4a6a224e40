using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Tests.LinearAlgebra;

public class PivotedQrTests
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 5, 5, 5 }, { 5, 5, 0 }, { 8, 3, 3 }, { 3, 8, 3 }, { 20, 12, 7 }, { 12, 20, 7 }, { 1, 9, 1 }, { 9, 1, 1 },
        { 60, 40, 40 }, { 40, 60, 40 }, { 70, 70, 35 }, { 100, 33, 1 }, { 0, 4, 0 }, { 4, 0, 0 }, { 0, 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Q_is_orthogonal_and_QR_is_the_permuted_matrix(int m, int n, int rank)
    {
        var a = Matrices.OfRank(m, n, rank, m + n);
        var (qr, tau, permutation, found) = Factor(a, m, n);
        Assert.Equal(rank, found);
        Assert.Equal(Enumerable.Range(0, n), permutation.Order());

        var workspace = new double[PivotedQr.ApplyWorkspaceLength(m, Math.Max(m, n))];
        var q = Matrices.Identity(m);
        PivotedQr.Apply(qr, m, n, tau, q, m, workspace);
        var qtq = Matrices.Product(m, m, m, Matrices.Transpose(m, m, q), q);
        Assert.InRange(Matrices.Distance(qtq, Matrices.Identity(m)), 0, 1e-14 * (m + 1));

        var r = new double[m * n];
        var permuted = new double[m * n];
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                r[(i * n) + j] = j >= i ? qr[(i * n) + j] : 0;
                permuted[(i * n) + j] = a[(i * n) + permutation[j]];
            }
        }

        Assert.InRange(Matrices.Distance(permuted, Matrices.Product(m, n, m, q, r)), 0, 1e-14 * Matrices.Norm(a));
        PivotedQr.ApplyTransposed(qr, m, n, tau, permuted, n, workspace);
        Assert.InRange(Matrices.Distance(permuted, r), 0, 1e-14 * Matrices.Norm(a));
        for (var k = 1; k < rank; k++)
        {
            Assert.True(Math.Abs(qr[(k * n) + k]) <= Math.Abs(qr[((k - 1) * n) + k - 1]) * (1 + 1e-12));
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Least_squares_solutions_satisfy_the_normal_equations(int m, int n, int rank)
    {
        const int Columns = 3;
        var a = Matrices.OfRank(m, n, rank, m + n);
        var b = Matrices.Random<double>(m, Columns, 9);
        var factors = Factor(a, m, n);
        var (basic, basicResidual) = Solve(factors, m, n, b, Columns, minimumNorm: false);
        var (shortest, shortestResidual) = Solve(factors, m, n, b, Columns, minimumNorm: true);
        foreach (var (x, residual) in new[] { (basic, basicResidual), (shortest, shortestResidual) })
        {
            var r = b.Zip(Matrices.Product(m, Columns, n, a, x), (u, v) => u - v).ToArray();
            var gradient = Matrices.Norm(Matrices.Product(n, Columns, m, Matrices.Transpose(m, n, a), r));
            var scale = Matrices.Norm(a) * (Matrices.Norm(b) + (Matrices.Norm(a) * Matrices.Norm(x)));
            Assert.InRange(gradient, 0, 1e-14 * (scale + 1));
            Assert.Equal(Matrices.Norm(r), residual, 1e-11 * (1 + (Matrices.Norm(a) * Matrices.Norm(x))));
        }

        for (var s = 0; s < Columns; s++)
        {
            Assert.True(Enumerable.Range(0, n).Count(j => basic[(j * Columns) + s] != 0) <= rank);
        }

        Assert.True(Matrices.Norm(shortest) <= Matrices.Norm(basic) * (1 + 1e-10));

        // The minimum-norm solution is the one in the row space of A: solving x = A'w leaves nothing.
        var at = Matrices.Transpose(m, n, a);
        var (w, _) = Solve(Factor(at, n, m), n, m, shortest, Columns, minimumNorm: true);
        var projection = Matrices.Product(n, Columns, m, at, w);
        Assert.InRange(Matrices.Distance(shortest, projection), 0, 1e-11 * (1 + (Matrices.Norm(at) * Matrices.Norm(w))));
    }

    [Fact]
    public void An_exact_small_rank_deficient_problem()
    {
        // x + y = 2 twice: the shortest solution is (1, 1), a basic one has a zero.
        double[] a = [1, 1, 1, 1];
        var factors = Factor(a, 2, 2);
        Assert.Equal(1, factors.Rank);
        var (shortest, _) = Solve(factors, 2, 2, [2, 2], 1, minimumNorm: true);
        Assert.Equal(1, shortest[0], 1e-15);
        Assert.Equal(1, shortest[1], 1e-15);
        var (basic, _) = Solve(factors, 2, 2, [2, 2], 1, minimumNorm: false);
        Assert.Equal([0, 2], basic.Order().Select(x => Math.Round(x, 14)));
    }

    [Fact]
    public void Kahans_matrix_hides_its_small_singular_value_from_the_diagonal()
    {
        const int N = 60;
        var (qr, _, permutation, rank) = Factor(Matrices.Kahan(N, 1.2), N, N);
        Assert.Equal(Enumerable.Range(0, N), permutation);
        Assert.Equal(N, rank);
        Assert.InRange(Math.Abs(qr[^1]), 1e-3, 1);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-320)]
    [InlineData(1e300)]
    public void Extreme_scales_neither_overflow_nor_vanish(double scale)
    {
        const int M = 12, N = 7;
        var a = Matrices.OfRank(M, N, N, 1);
        var (expected, _, permutation, rank) = Factor(a, M, N);
        var (qr, _, scaledPermutation, scaledRank) = Factor([.. a.Select(x => x * scale)], M, N);
        Assert.Equal(rank, scaledRank);
        Assert.Equal(permutation, scaledPermutation);
        for (var k = 0; k < N; k++)
        {
            // 1e-320 keeps three digits.
            Assert.Equal(expected[(k * N) + k], qr[(k * N) + k] / scale, Math.Abs(scale < 1e-310 ? 0.05 : 1e-12 * expected[0]));
        }
    }

    [Fact]
    public void The_tolerance_decides_the_rank()
    {
        double[] a = [1, 0, 0, 0, 1e-3, 0, 0, 0, 1e-6];
        Assert.Equal(3, Factor(a, 3, 3).Rank);
        var qr = Factor(a, 3, 3).Qr;
        Assert.Equal(2, PivotedQr.Rank(qr, 3, 3, 1e-5));
        Assert.Equal(1, PivotedQr.Rank(qr, 3, 3, 1e-2));
        Assert.Equal(0, PivotedQr.Rank(qr, 3, 3, 1));
    }

    [Fact]
    public void NaN_gives_NaN_and_no_exception()
    {
        double[] a = [1, 2, 3, double.NaN, 5, 6, 7, 8, 9];
        var factors = Factor(a, 3, 3);
        Assert.Equal(0, factors.Rank);
        Assert.True(double.IsNaN(factors.Qr[0]));
    }

    [Fact]
    public void Columns_whose_norms_cancel_are_recomputed()
    {
        // Lauchli: after the first step nothing but epsilon is left of each norm.
        const double Epsilon = 1e-9;
        const int N = 6;
        var a = new double[(N + 1) * N];
        for (var j = 0; j < N; j++)
        {
            a[j] = 1;
            a[((j + 1) * N) + j] = Epsilon;
        }

        var factors = Factor(a, N + 1, N);
        Assert.Equal(N, factors.Rank);
        for (var k = 1; k < N; k++)
        {
            Assert.InRange(Math.Abs(factors.Qr[(k * N) + k]) / Epsilon, 1, 1.5);
        }
    }

    [Fact]
    public void Warm_factorizations_and_solves_allocate_nothing()
    {
        const int M = 30, N = 40;
        var matrix = Matrices.OfRank(M, N, 20, 4);
        var (a, tau, permutation, b, x) = (new double[M * N], new double[M], new int[N], new double[M], new double[N]);
        var workspace =
            new double[Math.Max(PivotedQr.FactorWorkspaceLength(M, N), PivotedQr.SolveWorkspaceLength(M, N, 1, minimumNorm: true))];
        long before = 0;
        for (var round = 0; round < 3; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            matrix.CopyTo(a, 0);
            var rank = PivotedQr.Factor(a, M, N, tau, permutation, workspace);
            PivotedQr.SolveLeastSquares(a, M, N, tau, permutation, rank, b, x, 1, workspace);
            PivotedQr.SolveLeastSquares(a, M, N, tau, permutation, rank, b, x, 1, workspace, minimumNorm: true);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Assert.Equal(
            "a", Assert.Throws<ArgumentException>(() => PivotedQr.Factor(new double[3], 2, 2, new double[2], new int[2], [])).ParamName);
        Assert.Equal(
            "tau", Assert.Throws<ArgumentException>(() => PivotedQr.Factor(new double[4], 2, 2, new double[3], new int[2], [])).ParamName);
        Assert.Equal(
            "permutation",
            Assert.Throws<ArgumentException>(() => PivotedQr.Factor(new double[4], 2, 2, new double[2], new int[1], [])).ParamName);
        Assert.Equal(
            "workspace",
            Assert.Throws<ArgumentException>(() => PivotedQr.Factor(new double[4], 2, 2, new double[2], new int[2], [])).ParamName);
        var workspace = new double[1000];
        Assert.Equal("rank", Assert.Throws<ArgumentOutOfRangeException>(() => PivotedQr.SolveLeastSquares(
            new double[4], 2, 2, new double[2], new int[2], 3, new double[2], new double[2], 1, workspace)).ParamName);
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => PivotedQr.SolveLeastSquares(
            new double[4], 2, 2, new double[2], new int[2], 1, new double[2], new double[3], 1, workspace)).ParamName);
    }

    private static (double[] Qr, double[] Tau, int[] Permutation, int Rank) Factor(double[] a, int m, int n)
    {
        var (qr, tau, permutation) = ((double[])a.Clone(), new double[Math.Min(m, n)], new int[n]);
        var rank = PivotedQr.Factor(qr, m, n, tau, permutation, new double[PivotedQr.FactorWorkspaceLength(m, n)]);
        return (qr, tau, permutation, rank);
    }

    private static (double[] X, double Residual) Solve(
        (double[] Qr, double[] Tau, int[] Permutation, int Rank) factors, int m, int n, double[] b, int columns, bool minimumNorm)
    {
        var x = new double[n * columns];
        var y = (double[])b.Clone();
        var workspace = new double[PivotedQr.SolveWorkspaceLength(m, n, columns, minimumNorm)];
        PivotedQr.SolveLeastSquares(
            factors.Qr, m, n, factors.Tau, factors.Permutation, factors.Rank, y, x, columns, workspace, minimumNorm);
        return (x, Matrices.Norm(y[(factors.Rank * columns)..]));
    }
}
