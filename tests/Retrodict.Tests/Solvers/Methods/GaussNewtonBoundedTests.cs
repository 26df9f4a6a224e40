using Retrodict.Autodiff;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <summary>Linear least squares in a box: convex, so the first-order conditions decide.</summary>
public sealed class GaussNewtonBoundedTests
{
    public static TheoryData<string> Boxes => ["unit", "narrow", "not negative", "mixed"];

    [Theory]
    [MemberData(nameof(Boxes))]
    public void The_solution_is_the_one_found_by_trying_all_active_sets(string box)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            int n = 1 + (seed % 5);
            int m = n + (seed % 4);
            double[,] a = Dense.RandomMatrix(m, n, seed);
            double[] y = Dense.Random(m, seed + 1000);
            Box bounds = Bounds(box, n);
            SolveResult result = Solve(a, y, bounds, Dense.Random(n, seed + 2000));
            Assert.True(result.Status == SolveStatus.Converged, $"Seed {seed}: {result}");
            double[] expected = BoundedLeastSquares.Solve(a, y, bounds);
            double difference = Dense.Norm(Dense.Plus(expected, [.. result.X], -1));
            Assert.True(
                difference <= 1e-6 * Math.Max(1, Dense.Norm(expected)), $"Seed {seed}: [{string.Join(", ", expected)}] expected; {result}");
        }
    }

    [Theory]
    [InlineData("unit", 40, 30, 1e-6)]
    [InlineData("narrow", 40, 60, 1e-6)]
    [InlineData("not negative", 40, 60, 1e-6)]
    [InlineData("mixed", 60, 60, 1e-6)]
    [InlineData("unit", 30, 30, 1e-5)]
    public void Large_random_ones_meet_the_first_order_conditions(string box, int n, int m, double tolerance)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            double[,] a = Dense.RandomMatrix(m, n, seed);
            double[] y = Dense.Random(m, seed + 1);
            Box bounds = Bounds(box, n);
            SolveResult result = Solve(a, y, bounds, new double[n]);
            Assert.True(result.Status == SolveStatus.Converged, $"Seed {seed}: {result}");
            AssertFirstOrder(a, y, bounds, [.. result.X], tolerance);
        }
    }

    /// <summary>Smoothing makes neighbors nearly interchangeable: condition numbers of 1e4 to 1e8, and bounds that hold in
    /// groups.</summary>
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.08)]
    [InlineData(0.12)]
    public void Smoothing_operators_meet_the_first_order_conditions(double width)
    {
        const int N = 24;
        var a = new double[N, N];
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < N; j++)
            {
                double distance = (i - j) / (width * N);
                a[i, j] = Math.Exp(-0.5 * distance * distance);
            }
        }

        for (int seed = 0; seed < 10; seed++)
        {
            double[] truth = [.. Dense.Random(N, seed).Select(s => Math.Clamp(0.5 + s, 0, 1))];
            double[] y = Dense.Plus(Dense.Times(a, truth), Dense.Random(N, seed + 1), 0.05);
            Box bounds = new(0, 1);
            SolveResult result = Solve(a, y, bounds, [.. Enumerable.Repeat(0.5, N)], 200);
            Assert.True(result.Status == SolveStatus.Converged, $"Seed {seed}: {result}");
            AssertFirstOrder(a, y, bounds, [.. result.X], 1e-6);
        }
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(30)]
    public void The_unit_of_unknowns_that_must_not_be_negative_does_not_change_the_path(int exponent)
    {
        double unit = Math.Pow(2, exponent);
        for (int seed = 0; seed < 30; seed++)
        {
            double[,] a = Dense.RandomMatrix(9, 6, seed);
            var scaled = new double[9, 6];
            for (int i = 0; i < 54; i++)
            {
                scaled[i / 6, i % 6] = a[i / 6, i % 6] / unit;
            }

            double[] y = Dense.Random(9, seed + 1);
            SolveResult expected = Solve(a, y, new Box(0, double.PositiveInfinity), [1, 1, 1, 1, 1, 1]);
            SolveResult actual = Solve(scaled, y, new Box(0, double.PositiveInfinity), [unit, unit, unit, unit, unit, unit]);
            Assert.Equal(expected.Summary, actual.Summary);
            Assert.Equal(expected.X, actual.X.Select(x => x / unit));
        }
    }

    private static SolveResult Solve(double[,] a, double[] y, Box bounds, double[] start, int limit = 100) =>
        new GaussNewton { Stopping = new StoppingRule { MaxIterations = limit } }.Solve(
        new InverseProblem(x => Value.MatMul(Value.Constant(a), x), start.Length) { Bounds = bounds }, y, start);

    private static void AssertFirstOrder(double[,] a, double[] y, Box bounds, double[] x, double tolerance)
    {
        double[] residual = Dense.Plus(Dense.Times(a, x), y, -1);
        double[] gradient = Dense.Times(Dense.Transpose(a), residual);
        for (int i = 0; i < x.Length; i++)
        {
            double column = Math.Sqrt(Enumerable.Range(0, y.Length).Sum(k => a[k, i] * a[k, i]));
            double cosine = gradient[i] / (column * Dense.Norm(residual));
            bool held = (x[i] == bounds.Lower(i) && cosine >= 0) || (x[i] == bounds.Upper(i) && cosine <= 0);
            Assert.True(held || Math.Abs(cosine) <= tolerance, $"Unknown {i} at {x[i]} has the cosine {cosine}.");
        }
    }

    private static Box Bounds(string name, int n) => name switch
    {
        "unit" => new Box(0, 1),
        "narrow" => new Box(-0.1, 0.2),
        "not negative" => new Box(0, double.PositiveInfinity),
        _ => new Box(
            [.. Enumerable.Range(0, n).Select(i => (i % 3) switch { 0 => double.NegativeInfinity, 1 => 0, _ => -0.5 })],
            [.. Enumerable.Range(0, n).Select(i => (i % 3) switch { 0 => 0.1, 1 => double.PositiveInfinity, _ => -0.5 + (i % 2) })]),
    };
}
