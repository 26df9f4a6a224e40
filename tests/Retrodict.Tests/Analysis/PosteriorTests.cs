using Retrodict.Autodiff;
using Retrodict.Autodiff.LinearAlgebra;
using Retrodict.Randomness;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Analysis;

/// <summary>Against Rodgers' formulas on linear models, whose inverses are taken of well-conditioned matrices.</summary>
public sealed class PosteriorTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(3, 8)]
    [InlineData(12, 12)]
    public void Covariance_gain_kernel_and_information_follow_the_formulas(int n, int m)
    {
        (InverseProblem problem, double[,] k, double[,] c) = Linear(n, m, seed: n + m, noise: 0.3);
        Posterior posterior = FitAnalysis.At(problem, Dense.Random(m, 1), Dense.Random(n, 2)).Posterior();
        double[,] inverseNoise = Dense.Identity(m);
        for (int i = 0; i < m; i++)
        {
            inverseNoise[i, i] = 1 / (problem.Noise.Deviation.ToArray(m)[i] * problem.Noise.Deviation.ToArray(m)[i]);
        }

        double[,] weighted = Dense.Times(Dense.Transpose(k), inverseNoise);
        double[,] covariance = Dense.Inverse(Dense.Plus(Dense.Times(weighted, k), Dense.Inverse(c)));
        double[,] gain = Dense.Times(covariance, weighted);
        double[,] kernel = Dense.Times(gain, k);
        Dense.AssertClose(Dense.Flat(covariance), posterior.Covariance(), 1e-11);
        Dense.AssertClose(Dense.Flat(gain), posterior.Gain(), 1e-11);
        Dense.AssertClose(Dense.Flat(kernel), posterior.AveragingKernel(), 1e-11);

        // A = I - Ŝ C^-1, and its trace.
        double[] other = Dense.Flat(Dense.Times(covariance, Dense.Inverse(c)));
        double[] identity = Dense.Flat(Dense.Identity(n));
        Dense.AssertClose(Dense.Plus(identity, other, -1), posterior.AveragingKernel(), 1e-10);
        Assert.Equal(Enumerable.Range(0, n).Sum(i => kernel[i, i]), posterior.SignalDegreesOfFreedom, 1e-10);
        Assert.Equal(0.5 * (LogDeterminant(c) - LogDeterminant(covariance)), posterior.Information, 1e-10);
        Dense.AssertClose([.. Enumerable.Range(0, n).Select(i => Math.Sqrt(covariance[i, i]))], posterior.StandardDeviations, 1e-11);
        Dense.AssertClose([.. Enumerable.Range(0, n).Select(i => Math.Sqrt(c[i, i]))], posterior.PriorStandardDeviations, 1e-11);
        Dense.AssertClose(
            [.. Enumerable.Range(0, n).Select(i => 0.5 * Math.Log(c[i, i] / covariance[i, i]))], posterior.UnknownInformation, 1e-10);
    }

    [Fact]
    public void Without_noise_the_kernel_is_the_identity_and_the_covariance_that_of_the_noise()
    {
        (InverseProblem problem, double[,] k, _) = Linear(4, 7, seed: 3, noise: 1e-9);
        Posterior posterior = FitAnalysis.At(problem with { Noise = 1e-9 }, new double[7], new double[4]).Posterior();
        Dense.AssertClose(Dense.Flat(Dense.Identity(4)), posterior.AveragingKernel(), 1e-14);
        double[,] expected = Dense.Inverse(Dense.Times(Dense.Transpose(k), k));
        Dense.AssertClose(Dense.Flat(expected), [.. posterior.Covariance().Select(v => v * 1e18)], 1e-11);
        Assert.Equal(4, posterior.SignalDegreesOfFreedom, 1e-14);
    }

    /// <summary>A -> C K' S^-1 K, to first order: small numbers that no difference with the identity could give.</summary>
    [Fact]
    public void With_much_noise_the_kernel_vanishes_with_all_its_digits()
    {
        (InverseProblem problem, double[,] k, double[,] c) = Linear(4, 7, seed: 4, noise: 1);
        Posterior posterior = FitAnalysis.At(problem with { Noise = 1e9 }, new double[7], new double[4]).Posterior();
        double[,] first = Dense.Times(c, Dense.Times(Dense.Transpose(k), k));
        Dense.AssertClose(Dense.Flat(first), [.. posterior.AveragingKernel().Select(v => v * 1e18)], 1e-12);
        Dense.AssertClose(Dense.Flat(c), posterior.Covariance(), 1e-13);
        Assert.Equal(Enumerable.Range(0, 4).Sum(i => first[i, i]), posterior.SignalDegreesOfFreedom * 1e18, 1e-11);
        Assert.Equal(0.5, posterior.Information / posterior.SignalDegreesOfFreedom, 1e-11);
    }

    [Fact]
    public void Without_a_prior_what_is_measured_is_known_and_the_rest_infinitely_uncertain()
    {
        double[,] k = Dense.RandomMatrix(6, 2, 5);
        InverseProblem problem = new(x => Value.MatMul(Value.Constant(k), x[..2]), 3) { Noise = 0.1 };
        Posterior posterior = FitAnalysis.At(problem, new double[6], new double[3]).Posterior();
        double[,] expected = Dense.Inverse(Dense.Times(Dense.Transpose(k), k));
        double[] covariance = posterior.Covariance();
        Dense.AssertClose(
            [0.01 * expected[0, 0], 0.01 * expected[0, 1], 0.01 * expected[1, 1]], [covariance[0], covariance[1], covariance[4]], 1e-12);
        Assert.Equal(double.PositiveInfinity, posterior.StandardDeviations[2]);
        Assert.True(double.IsPositiveInfinity(covariance[8]) && double.IsNaN(covariance[2]));
        Assert.Equal(2, posterior.SignalDegreesOfFreedom, 1e-12);
        Assert.All(posterior.PriorStandardDeviations.ToArray(), deviation => Assert.Equal(double.PositiveInfinity, deviation));
        Assert.Equal(double.PositiveInfinity, posterior.Information);
    }

    [Fact]
    public void The_gain_is_the_derivative_of_the_solution()
    {
        (InverseProblem problem, _, _) = Linear(5, 4, seed: 6, noise: 0.5);
        double[] y = Dense.Random(4, 7);
        Session session = new GaussNewton().Prepare(problem);
        double[] x = [.. session.Solve(y, new double[5]).X];
        double[,] gain = Dense.Matrix(session.Analyze(y, x).Posterior().Gain(), 5, 4);
        double[] change = Dense.Random(4, 8);
        double[] moved = [.. session.Solve(Dense.Plus(y, change), new double[5]).X];
        Dense.AssertClose(Dense.Plus(moved, x, -1), Dense.Times(gain, change), 1e-9);
    }

    [Fact]
    public void Unknowns_that_are_held_count_as_known()
    {
        (InverseProblem problem, _, _) = Linear(3, 5, seed: 9, noise: 0.2);
        Posterior posterior = FitAnalysis.At(
            problem with { Bounds = new Box([-9, 0.5, -9], [9, 0.5, 9]) }, new double[5], [0, 0.5, 0]).Posterior();
        Assert.Equal(0, posterior.StandardDeviations[1]);
        double[] kernel = posterior.AveragingKernel();
        Assert.All(new[] { 1, 3, 4, 5, 7 }, i => Assert.Equal(0, kernel[i]));
        Assert.Equal(kernel[0] + kernel[8], posterior.SignalDegreesOfFreedom, 1e-12);
    }

    /// <summary>4000 truths from the prior with noise from the library's own streams: the errors of the solutions have the posterior
    /// covariance, and e' Ŝ^-1 e has mean n. All within five standard deviations of the sample.</summary>
    [Fact]
    public void The_errors_of_many_solves_have_the_posterior_covariance()
    {
        const int N = 3, M = 4, Count = 4000;
        (InverseProblem problem, double[,] k, _) = Linear(N, M, seed: 11, noise: 0.4);
        GaussianPrior prior = (GaussianPrior)problem.Prior!;
        double[] noise = problem.Noise.Deviation.ToArray(M);
        var stream = new RandomStream(5, "posterior");
        double[] truths = new double[Count * N];
        double[] observations = new double[Count * M];
        for (int s = 0; s < Count; s++)
        {
            RandomStream own = stream.At(s);
            double[] z = new double[N];
            double[] e = new double[M];
            own.FillNormal<double>(z);
            own.FillNormal<double>(e);
            double[] truth = Dense.Plus(prior.Mean, Dense.Times(Dense.Matrix(prior.Factor, N, N), z));
            truth.CopyTo(truths, s * N);
            Dense.Plus(Dense.Times(k, truth), [.. e.Select((v, i) => v * noise[i])]).CopyTo(observations, s * M);
        }

        Session session = new GaussNewton().Prepare(problem);
        double[] solutions = new double[Count * N];
        session.SolveBatch(observations, prior.Mean.ToArray(), solutions, new SolveSummary[Count]);
        double[] expected = session.Analyze(observations.AsSpan(0, M), solutions.AsSpan(0, N)).Posterior().Covariance();
        double[] errors = Dense.Plus(solutions, truths, -1);
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < N; j++)
            {
                double found = Enumerable.Range(0, Count).Sum(s => errors[(s * N) + i] * errors[(s * N) + j]) / Count;
                double deviation = Math.Sqrt(
                    ((expected[i * (N + 1)] * expected[j * (N + 1)]) + Math.Pow(expected[(i * N) + j], 2)) / Count);
                Assert.InRange(found - expected[(i * N) + j], -5 * deviation, 5 * deviation);
            }
        }

        double[,] inverse = Dense.Inverse(Dense.Matrix(expected, N, N));
        double mean = Enumerable.Range(0, Count).Average(
            s => Dense.Dot(errors.AsSpan(s * N, N), Dense.Times(inverse, errors.AsSpan(s * N, N))));
        Assert.InRange(mean, N - (5 * Math.Sqrt(2.0 * N / Count)), N + (5 * Math.Sqrt(2.0 * N / Count)));
    }

    private static (InverseProblem Problem, double[,] Model, double[,] Prior) Linear(int n, int m, int seed, double noise)
    {
        double[,] k = Dense.RandomMatrix(m, n, seed);
        double[,] c = Dense.RandomCovariance(n, seed + 1);
        InverseProblem problem = new(x => Value.MatMul(Value.Constant(k), x), n)
        {
            Noise = (double[])[.. Dense.Random(m, seed + 2).Select(s => noise * (1 + (0.5 * s)))],
            Prior = GaussianPrior.FromCovariance(Dense.Random(n, seed + 3), Dense.Flat(c)),
        };
        return (problem, k, c);
    }

    private static double LogDeterminant(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double[] factors = Dense.Flat(matrix);
        int[] pivots = new int[n];
        LuFactorization.Factor(factors, n, pivots, new double[LuFactorization.WorkspaceLength<double>(n)]);
        return LuFactorization.LogAbsDeterminant<double>(factors, n, pivots, out _);
    }
}
