using Retrodict.Solvers;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <summary>The estimated lengths of J's columns.</summary>
public sealed class JacobianProductsTests
{
    [Fact]
    public void They_are_right_on_average_and_never_below_their_bound()
    {
        double ratios = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            (int n, int m) = (15, 25);
            double[,] a = Dense.RandomMatrix(m, n, seed);
            ContractCase c = ContractCases.Linear(n, m, seed);
            Objective model = Objective.Compile(c.Problem, Precision.Float64, null);
            Point point = new(model);
            point.Begin(c.Observation, c.Start);
            JacobianProducts products = new(model);
            Assert.True(products.Linearize(point));
            Assert.InRange(products.Optimality, 0, 1 + 1e-12);
            Assert.Equal(9, point.Counts.Vjp);
            for (int i = 0; i < n; i++)
            {
                double exact = Enumerable.Range(0, m).Sum(k => a[k, i] * a[k, i]);
                ratios += products.Diagonal[i] / exact;
            }
        }

        // The mean of 600 estimates of relative error 1/2 each; columns of a matrix share their probes.
        Assert.InRange(ratios / 600, 0.9, 1.1);
    }

    [Fact]
    public void Four_thousand_unknowns_need_no_matrix()
    {
        const int N = 4096;
        InverseProblem problem = new(
            x => (x + (0.1 * x * x * x)) - (0.4 * Retrodict.Autodiff.Value.Concatenate(0, x.Slice(0, 1, N), x.Slice(0, 0, 1))), N);
        double[] truth = Dense.Random(N, 1);
        double[] y = problem.Forward.Compile<double>().Evaluate(truth)[0];
        foreach (Solver solver in new Solver[]
        {
            new LevenbergMarquardt { LinearSolver = LinearSolver.Lsmr }, new GaussNewton { LinearSolver = LinearSolver.ConjugateGradients },
                new NewtonCg(),
        })
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            SolveResult result = solver.Solve(problem, y, new double[N]);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, N * N);
            Assert.Equal(SolveStatus.Converged, result.Status);
            Dense.AssertClose(truth, [.. result.X], 1e-6);
        }
    }
}
