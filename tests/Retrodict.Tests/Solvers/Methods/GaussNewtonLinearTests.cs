using Retrodict.Autodiff;
using Retrodict.Autodiff.LinearAlgebra;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <summary>Linear problems, whose solutions have a formula.</summary>
public sealed class GaussNewtonLinearTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(4, 9)]
    [InlineData(20, 50)]
    [InlineData(40, 41)]
    public void Linear_least_squares_take_one_step(int n, int m)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            ContractCase c = ContractCases.Linear(n, m, seed) with { Start = Dense.Random(n, seed + 50) };
            double[] a = Dense.Flat(Dense.RandomMatrix(m, n, seed));
            SolveResult result = c.SolveWith(new GaussNewton());
            Assert.Equal((SolveStatus.Converged, 1.0), (result.Status, result.History[1].StepFactor));
            Assert.InRange(result.Summary.Iterations, 1, 2);
            Dense.AssertClose(LeastSquaresByQr(a, m, n, c.Observation), [.. result.X], 1e-9);
            SolveResult oneStep = c.SolveWith(new GaussNewton { Stopping = new StoppingRule { MaxIterations = 1 } });
            Dense.AssertClose([.. result.X], [.. oneStep.X], 1e-9);
        }
    }

    /// <summary>mu + C A^T (A C A^T + S)^-1 (y - A mu) (Tarantola, Inverse Problem Theory, eq. 3.37).</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(3, 8)]
    [InlineData(12, 12)]
    public void With_a_Gaussian_prior_the_solution_is_the_posterior_mean(int n, int m)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            double[,] a = Dense.RandomMatrix(m, n, seed);
            double[] mean = Dense.Random(n, seed + 1);
            double[,] covariance = Dense.RandomCovariance(n, seed + 2);
            double[] noise = [.. Dense.Random(m, seed + 3).Select(s => 0.1 + (s * s))];
            double[] y = Dense.Random(m, seed + 4);
            InverseProblem problem = new(x => Value.MatMul(Value.Constant(a), x), n)
            {
                Noise = noise,
                Prior = GaussianPrior.FromCovariance(mean, Dense.Flat(covariance)),
            };
            SolveResult result = new GaussNewton().Solve(problem, y, Dense.Random(n, seed + 5));
            Assert.Equal((SolveStatus.Converged, 1), (result.Status, result.Summary.Iterations));

            var s = new double[m, m];
            for (int i = 0; i < m; i++)
            {
                s[i, i] = noise[i] * noise[i];
            }

            double[,] gain = Dense.Times(covariance, Dense.Transpose(a));
            double[] innovation = Dense.Times(Dense.Inverse(Dense.Plus(Dense.Times(a, gain), s)), Dense.Plus(y, Dense.Times(a, mean), -1));
            Dense.AssertClose(Dense.Plus(mean, Dense.Times(gain, innovation)), [.. result.X], 1e-9);
        }
    }

    /// <summary>Columns that differ by 1e-7 put the normal equations at the end of double precision; the factorization of J itself is still
    /// good to 9 digits.</summary>
    [Theory]
    [InlineData(1e-4)]
    [InlineData(1e-6)]
    [InlineData(1e-7)]
    public void Nearly_equal_columns_are_told_apart(double difference)
    {
        double[] b = Dense.Random(6, 3);
        double[] d = Dense.Random(6, 4);
        double[] a = [.. Enumerable.Range(0, 12).Select(k => k % 2 == 0 ? b[k / 2] : b[k / 2] + (difference * d[k / 2]))];
        double[] y = Dense.Times(Dense.Matrix(a, 6, 2), [3, -2]);
        SolveResult result = new GaussNewton().Solve(new InverseProblem(x => Value.MatMul(Value.Constant(a, [6, 2]), x), 2), y, [0, 0]);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Dense.AssertClose([3, -2], [.. result.X], 1e-14 / difference);
    }

    [Fact]
    public void Columns_of_very_different_length_cost_no_digits()
    {
        double[,] a = Dense.RandomMatrix(8, 4, 5);
        double[] lengths = [1e-60, 1e-3, 1e20, 1e60];
        InverseProblem problem = new(x => Value.MatMul(Value.Constant(a), x * Value.Constant(lengths)), 4);
        SolveResult result = new GaussNewton().Solve(problem, Dense.Times(a, [1, 2, 3, 4]), new double[4]);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Dense.AssertClose([1, 2, 3, 4], [.. result.X.Select((x, i) => x * lengths[i])], 1e-12);
    }

    [Fact]
    public void Of_many_solutions_the_step_is_the_shortest_in_units_of_each_unknowns_effect()
    {
        SolveResult result = new GaussNewton().Solve(new InverseProblem(x => (x[0] + (10 * x[1])).Reshape(1), 2), [20], [0, 0]);
        Dense.AssertClose([10, 1], [.. result.X], 1e-14);
    }

    private static double[] LeastSquaresByQr(double[] a, int m, int n, double[] y)
    {
        double[] qr = [.. a];
        var tau = new double[Math.Min(m, n)];
        var permutation = new int[n];
        var x = new double[n];
        int rank = PivotedQr.Factor(qr, m, n, tau, permutation, new double[PivotedQr.FactorWorkspaceLength(m, n)]);
        PivotedQr.SolveLeastSquares(qr, m, n, tau, permutation, rank, [.. y], x, 1, new double[PivotedQr.SolveWorkspaceLength(m, n, 1)]);
        return x;
    }
}
