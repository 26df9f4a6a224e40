using Retrodict.Autodiff.LinearAlgebra;
using Retrodict.Solvers;

namespace Retrodict.Tests.Solvers;

/// <summary>Against dense QR of the stack [A; sqrt(damping) D] and the equations that the minimizer satisfies.</summary>
public class DampedBidiagonalTests
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 7, 1, 1 }, { 1, 5, 1 }, { 5, 5, 5 }, { 8, 8, 3 }, { 40, 17, 17 }, { 13, 30, 13 }, { 64, 64, 64 }, { 33, 41,
            10 }, { 70, 65, 65 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_step_is_that_of_the_dense_stack(int m, int n, int rank)
    {
        (double[] a, double[] b, double[] squares) = (OfRank(m, n, rank), Numbers(m, 2), [.. Numbers(n, 3).Select(d => 1e-3 + (d * d))]);
        DampedBidiagonal factors = Factored(a, m, squares);
        double[] c = new double[n];
        factors.Rotate(b, c);
        // The rounding of A enters the step divided by the damping where A is rank deficient.
        foreach (double damping in new[] { 1e-6, 1e-3, 1, 1e4 })
        {
            factors.Damp(damping);
            double[] p = new double[n];
            factors.Solve(c, p);
            double[] expected = Dense(a, m, squares, damping, b);
            double size = Norm(expected);
            Assert.True(Distance(expected, p) <= 1e-8 * size, $"{damping}: {Distance(expected, p) / size}");
            double length = Norm([.. p.Zip(squares, (x, s) => x * Math.Sqrt(s))]);
            (double fromFactors, double slope) = factors.Length(c);
            Assert.Equal(1, fromFactors / length, 1e-12);

            // The derivative of ‖D p‖ by the damping, as Moré (1978) has it in the form of the inverse.
            double[] q = [.. p.Zip(squares, (x, s) => x * s)];
            Assert.Equal(1, -factors.InverseForm(q) / length / slope, 1e-10);
        }
    }

    [Fact]
    public void The_slope_is_the_derivative_of_the_length()
    {
        (double[] a, double[] b, double[] squares) = (OfRank(12, 9, 9), Numbers(12, 2), [.. Enumerable.Repeat(2.0, 9)]);
        DampedBidiagonal factors = Factored(a, 12, squares);
        double[] c = new double[9];
        factors.Rotate(b, c);
        double At(double damping)
        {
            factors.Damp(damping);
            return factors.Length(c).Length;
        }

        double difference = (At(0.3 + 1e-5) - At(0.3 - 1e-5)) / 2e-5;
        factors.Damp(0.3);
        Assert.Equal(1, factors.Length(c).Slope / difference, 1e-7);
    }

    [Fact]
    public void Without_damping_a_square_system_is_solved()
    {
        const int N = 20;
        double[] a = OfRank(N, N, N);
        double[] x = Numbers(N, 5);
        double[] b = new double[N];
        for (int i = 0; i < N; i++)
        {
            b[i] = Enumerable.Range(0, N).Sum(j => a[(i * N) + j] * x[j]);
        }

        DampedBidiagonal factors = Factored(a, N, [.. Enumerable.Repeat(1.0, N)]);
        double[] c = new double[N];
        factors.Rotate(b, c);
        factors.Damp(0);
        double[] p = new double[N];
        factors.Solve(c, p);
        Assert.True(Distance(x, p) <= 1e-9 * Norm(x));
    }

    [Fact]
    public void The_filter_keeps_its_accuracy_where_normal_equations_have_none()
    {
        // Hilbert's matrix of order 12: condition 1e16. A x = b with b = A 1; the residual is at most sqrt(damping) ‖1‖, and A^T (A p -
        // b) + damping p is zero.
        const int N = 12;
        double[] a = [.. Enumerable.Range(0, N * N).Select(k => 1.0 / ((k / N) + (k % N) + 1))];
        double[] b = [.. Enumerable.Range(0, N).Select(i => Enumerable.Range(0, N).Sum(j => a[(i * N) + j]))];
        DampedBidiagonal factors = Factored(a, N, [.. Enumerable.Repeat(1.0, N)]);
        double[] c = new double[N];
        factors.Rotate(b, c);
        foreach (double root in new[] { 1e-4, 1e-7, 1e-10, 1e-13 })
        {
            factors.Damp(root * root);
            double[] p = new double[N];
            factors.Solve(c, p);
            double[] residual = [.. Enumerable.Range(0, N).Select(i => Enumerable.Range(0, N).Sum(j => a[(i * N) + j] * p[j]) - b[i])];
            Assert.True(Norm(residual) <= (root * Math.Sqrt(N)) + 1e-14, $"{root}: {Norm(residual)}");
            Assert.True(Norm(p) <= Math.Sqrt(N) + 1e-12 + (1e-15 / root), $"{root}: {Norm(p)}");
        }
    }

    [Fact]
    public void Zeros_stay_where_they_are()
    {
        DampedBidiagonal factors = Factored(new double[12], 4, [0, 1, 2]);
        double[] c = new double[3];
        factors.Rotate([1, 2, 3, 4], c);
        double[] p = [7, 7, 7];
        factors.Damp(0);
        factors.Solve(c, p);
        Assert.Equal([0, 0, 0], p);
        factors.Damp(1);
        factors.Solve(c, p);
        Assert.All(p, x => Assert.Equal(0, x));
    }

    [Fact]
    public void Warm_factorizations_allocate_nothing()
    {
        double[] a = OfRank(30, 20, 20);
        double[] squares = [.. Enumerable.Repeat(1.0, 20)];
        (double[] b, double[] c, double[] p) = (Numbers(30, 2), new double[20], new double[20]);
        var factors = new DampedBidiagonal(30, 20);
        long before = 0;
        for (int round = 0; round < 3; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            Fill(factors, a, 30, squares);
            factors.Rotate(b, c);
            factors.Damp(0.1);
            factors.Solve(c, p);
            factors.Length(c);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static DampedBidiagonal Factored(double[] a, int m, double[] squares)
    {
        // Larger than asked for, and used before: nothing is left of that.
        var factors = new DampedBidiagonal(m + 3, squares.Length + 2);
        Fill(factors, Numbers((m + 3) * (squares.Length + 2), 9), m + 3, [.. Enumerable.Repeat(1.0, squares.Length + 2)]);
        Fill(factors, a, m, squares);
        return factors;
    }

    private static void Fill(DampedBidiagonal factors, double[] a, int m, double[] squares)
    {
        factors.Begin(m, squares);
        for (int i = 0; i < m; i++)
        {
            Span<double> row = factors.Row(i);
            for (int j = 0; j < squares.Length; j++)
            {
                row[j] = a[(i * squares.Length) + j] * factors.Inverse[j];
            }
        }

        factors.Factor();
    }

    private static double[] Dense(double[] a, int m, double[] squares, double damping, double[] b)
    {
        int n = squares.Length;
        double[] stack = [.. a, .. new double[n * n]];
        for (int j = 0; j < n; j++)
        {
            stack[((m + j) * n) + j] = Math.Sqrt(damping * squares[j]);
        }

        double[] tau = new double[n];
        int[] order = new int[n];
        int rank = PivotedQr.Factor(stack, m + n, n, tau, order, new double[PivotedQr.FactorWorkspaceLength(m + n, n)]);
        double[] x = new double[n];
        double[] right = [.. b, .. new double[n]];
        PivotedQr.SolveLeastSquares(
            stack, m + n, n, tau, order, rank, right, x, 1, new double[PivotedQr.SolveWorkspaceLength(m + n, n, 1)]);
        return x;
    }

    private static double[] OfRank(int m, int n, int rank)
    {
        (double[] left, double[] right) = (Numbers(m * rank, 1), Numbers(rank * n, 4));
        double[] product = new double[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < rank; k++)
                {
                    product[(i * n) + j] += left[(i * rank) + k] * right[(k * n) + j] / rank;
                }
            }
        }

        return product;
    }

    private static double[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }

    private static double Norm(double[] x) => Math.Sqrt(x.Sum(v => v * v));

    private static double Distance(double[] x, double[] y) => Norm([.. x.Zip(y, (a, b) => a - b)]);
}
