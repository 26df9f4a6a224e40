using Retrodict.Solvers;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <summary>LSMR and conjugate gradients against the formula (A^T A + damping D²) p = -A^T r, inverted by elimination.</summary>
public sealed class KrylovSolverTests
{
    public static TheoryData<bool, int, int, double> Shapes =>
    [
        .. from lsmr in new[] { true, false }
           from shape in new[] { (1, 1), (4, 9), (12, 12), (20, 50) }
           from damping in new[] { 0, 1e-3, 1, 100 }
           select new TheoryDataRow<bool, int, int, double>(lsmr, shape.Item1, shape.Item2, damping),
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_damped_solution_on_the_free_unknowns_is_found(bool lsmr, int n, int m, double damping)
    {
        for (int seed = 0; seed < 5; seed++)
        {
            ContractCase c = ContractCases.Linear(n, m, seed);
            double[,] a = Dense.RandomMatrix(m, n, seed);
            double[] scale = [.. Dense.Random(n, seed + 9).Select(s => 0.5 + (s * s))];
            int[] free = [.. Enumerable.Range(0, n).Where(i => n == 1 || i % 3 != 1)];
            double[] p = Solve(c, lsmr, free, damping, scale, 1e-24);
            double[] expected = Formula(a, c.Observation, free, damping, scale);
            Dense.AssertClose(expected, p, 1e-7);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_several_minimizers_the_shortest_scaled_one_is_found(bool lsmr)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            (int n, int m) = (9, 4);
            ContractCase c = ContractCases.Linear(n, m, seed);
            double[,] a = Dense.RandomMatrix(m, n, seed);
            double[] scale = [.. Dense.Random(n, seed + 9).Select(s => 0.5 + (s * s))];
            double[] p = Solve(c, lsmr, [.. Enumerable.Range(0, n)], 0, scale, 1e-24);

            // p = S^-1 A^T (A S^-1 A^T)^-1 y with S = D².
            var scaled = new double[m, n];
            for (int i = 0; i < m * n; i++)
            {
                scaled[i / n, i % n] = a[i / n, i % n] / scale[i % n];
            }

            double[] expected = Dense.Times(
                Dense.Transpose(scaled), Dense.Times(Dense.Inverse(Dense.Times(scaled, Dense.Transpose(a))), c.Observation));
            Dense.AssertClose(expected, p, 1e-7);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_loose_optimality_asks_for_few_products(bool lsmr)
    {
        ContractCase c = ContractCases.Linear(40, 60, 3);
        long Products(double optimality)
        {
            (Point point, KrylovSolver solver) = Begin(c, lsmr, optimality);
            long before = point.Counts.Jvp;
            solver.Prepare(point, [.. Enumerable.Range(0, 40)], 0, [.. Enumerable.Repeat(1.0, 40)]);
            solver.Solve(point, point.Corrected, point.Gradient, new double[40]);
            return point.Counts.Jvp - before;
        }

        Assert.InRange(Products(1), 1, 20);
        Assert.True(Products(1) < Products(1e-6));
        Assert.InRange(Products(1e-16), Products(1e-6), 160);
    }

    private static double[] Solve(ContractCase c, bool lsmr, int[] free, double damping, double[] scale, double optimality)
    {
        (Point point, KrylovSolver solver) = Begin(c, lsmr, optimality);
        solver.Prepare(point, free, damping, scale);
        var p = new double[scale.Length];
        solver.Solve(point, point.Corrected, point.Gradient, p);
        return p;
    }

    private static (Point Point, KrylovSolver Solver) Begin(ContractCase c, bool lsmr, double optimality)
    {
        Objective model = Objective.Compile(c.Problem, Precision.Float64, null);
        Point point = new(model);
        point.Begin(c.Observation, c.Start);
        JacobianProducts products = new(model);
        Assert.True(products.Linearize(point));
        products.Optimality = optimality;
        return (point, lsmr ? new LsmrSolver(model, products) : new ConjugateGradientSolver(model, products));
    }

    private static double[] Formula(double[,] a, double[] y, int[] free, double damping, double[] scale)
    {
        (int m, int n) = (a.GetLength(0), a.GetLength(1));
        var part = new double[m, free.Length];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < free.Length; j++)
            {
                part[i, j] = a[i, free[j]];
            }
        }

        double[,] normal = Dense.Times(Dense.Transpose(part), part);
        for (int j = 0; j < free.Length; j++)
        {
            normal[j, j] += damping * scale[free[j]];
        }

        double[] solution = Dense.Times(Dense.Inverse(normal), Dense.Times(Dense.Transpose(part), y));
        var p = new double[n];
        for (int j = 0; j < free.Length; j++)
        {
            p[free[j]] = solution[j];
        }

        return p;
    }
}
