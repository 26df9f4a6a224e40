using Retrodict.Autodiff;
using Retrodict.Solvers;

namespace Retrodict.Tests.Problems;

public sealed class NoiseTests
{
    [Fact]
    public void Numbers_arrays_and_scales_are_deviations()
    {
        InverseProblem problem = new(x => x, 3) { Noise = 0.02 };
        Assert.Equal((0.02, null, false), (problem.Noise[2], problem.Noise.Dimension, problem.Noise.IsCorrelated));
        problem = problem with { Noise = new double[] { 1, 2, 3 } };
        Assert.Equal((3, 3), (problem.Noise[2], problem.Noise.Dimension));
        Scale scale = 0.5;
        problem = problem with { Noise = scale };
        Assert.Same(scale, problem.Noise.Deviation);
        Assert.Same(scale, problem.ObservationScale);
        Assert.True(problem.Noise.Factor.IsEmpty);
        Assert.Throws<ArgumentException>(() => problem with { Noise = -1 });
    }

    [Fact]
    public void A_covariance_is_factored_and_its_diagonal_are_the_deviations()
    {
        double[,] covariance = Dense.RandomCovariance(5, 1);
        Noise noise = Noise.FromCovariance(Dense.Flat(covariance));
        double[,] l = Dense.Matrix(noise.Factor, 5, 5);
        Dense.AssertClose(Dense.Flat(covariance), Dense.Flat(Dense.Times(l, Dense.Transpose(l))), 1e-14);
        Assert.Equal((true, 5), (noise.IsCorrelated, noise.Dimension));
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(Math.Sqrt(covariance[i, i]), noise[i]));
    }

    [Fact]
    public void One_correlated_component_is_one_too()
    {
        InverseProblem problem = new(x => x, 1) { Noise = Noise.FromCovariance([4]) };
        Assert.Equal(1.5, new GaussNewton().Solve(problem, [3], [0]).X[0] / 2, 1e-12);
        Assert.Equal(2, problem.Noise[0]);
    }

    [Fact]
    public void A_diagonal_covariance_is_the_same_as_deviations()
    {
        double[] deviations = [0.1, 2, 0.5];
        InverseProblem independent = new(x => Value.Exp(x), 3) { Noise = deviations, ObservationScale = new double[] { 3, 2, 1 } };
        InverseProblem correlated = independent with { Noise = Noise.FromCovariance([0.01, 0, 0, 0, 4, 0, 0, 0, 0.25]) };
        double[] a = Evaluate(independent, [1, 2, 3], [0.2, 0.4, 0.6]), b = Evaluate(correlated, [1, 2, 3], [0.2, 0.4, 0.6]);
        Dense.AssertClose(a, b, 1e-15);
    }

    /// <summary>Half of d' C^-1 d, its root mean square, the misfit in the observation scale, and y' C^-1 y.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(70)]
    public void The_misfit_is_whitened_and_reported_in_its_own_units(int m)
    {
        double[,] covariance = Dense.RandomCovariance(m, 2), inverse = Dense.Inverse(covariance);
        double[] y = Dense.Random(m, 3), x = Dense.Random(m, 4), scale = [.. Dense.Random(m, 5).Select(s => 2 + s)];
        InverseProblem problem = new(x => x * x, m) { Noise = Noise.FromCovariance(Dense.Flat(covariance)), ObservationScale = scale };
        double[] d = [.. x.Zip(y, (p, q) => (p * p) - q)];
        double square = Dense.Dot(d, Dense.Times(inverse, d));
        Dense.AssertClose(
            [
                square / 2,
                Math.Sqrt(square / m),
                Math.Sqrt(d.Zip(scale, (misfit, unit) => misfit / unit * (misfit / unit)).Average()),
                Math.Sqrt(Dense.Dot(y, Dense.Times(inverse, y))),
            ],
            Evaluate(problem, y, x),
            1e-12);
    }

    [Fact]
    public void Without_a_scale_correlated_residuals_are_reported_in_their_deviations()
    {
        InverseProblem problem = new(x => x, 2) { Noise = Noise.FromCovariance([4, 1.9, 1.9, 1]) };
        Assert.Equal(Math.Sqrt(((3 * 3) + (5 * 5)) / 2.0), Evaluate(problem, [0, 0], [6, 5])[2], 1e-13);
    }

    [Fact]
    public void The_estimate_of_a_linear_model_is_generalized_least_squares()
    {
        const int N = 4, M = 9;
        double[,] a = Dense.RandomMatrix(M, N, 3), covariance = Dense.RandomCovariance(M, 4);
        double[] y = Dense.Random(M, 5);
        InverseProblem problem = new(x => Value.MatMul(Value.Constant(a), x), N) { Noise = Noise.FromCovariance(Dense.Flat(covariance)) };
        double[,] weighted = Dense.Times(Dense.Transpose(a), Dense.Inverse(covariance));
        Dense.AssertClose(
            Dense.Times(
                Dense.Inverse(Dense.Times(weighted, a)), Dense.Times(weighted, y)), [.. new GaussNewton().Solve(problem, y,
                    new double[N]).X], 1e-11);
    }

    [Fact]
    public void A_warm_solve_with_a_covariance_a_mask_and_priors_allocates_nothing()
    {
        InverseProblem problem = new(x => Value.Tanh(x), 80)
        {
            Noise = Noise.FromCovariance(Dense.Flat(Dense.RandomCovariance(80, 1))),
            Observed = [.. Enumerable.Range(0, 80).Select(i => i % 9 != 4)],
            Prior = new TikhonovPrior(80, 1) + new TotalVariationPrior(80, 0.1),
        };
        Session session = new GaussNewton { Team = ThreadTeam.SingleThread }.Prepare(problem);
        double[] y = Dense.Random(80, 2), start = new double[80], x = new double[80];
        session.Solve(y, start, x);
        session.Solve(y, start, x);
        long before = GC.GetAllocatedBytesForCurrentThread();
        session.Solve(y, start, x);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Misuse_is_named()
    {
        Contains("no", "5 numbers", () => Noise.FromCovariance([1, 2, 3, 4, 5]));
        Contains("square", "0 numbers", () => Noise.FromCovariance([]));
        Contains("noise's", "(1, 0)", () => Noise.FromCovariance([1, 0.5, 0, 1]));
        Contains("noise's", "not positive definite", () => Noise.FromCovariance([1, 2, 2, 1]));
        Contains("noise's", "not positive definite", () => Noise.FromCovariance([double.NaN]));
        Contains(
            "2 components", "3 observations", () => new InverseProblem(x => x, 3) { Noise = Noise.FromCovariance([1, 0, 0, 1]) }.Noise);
        Assert.Throws<ArgumentNullException>(() => Noise.FromDeviation(null!));
    }

    private static void Contains(string part, string other, Func<Noise> make)
    {
        string message = Assert.Throws<ArgumentException>(() => make()).Message;
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.Contains(other, message, StringComparison.Ordinal);
    }

    /// <summary>Objective, discrepancy, normalized residual and the whitened measurement's length.</summary>
    private static double[] Evaluate(InverseProblem problem, double[] y, double[] x)
    {
        Objective model = Objective.Compile(problem, Precision.Float64, null);
        IObjectiveRun run = model.NewRun();
        run.Begin(y);
        var residual = new double[model.Rows];
        return [run.Evaluate(x, residual), model.Discrepancy(residual), model.NormalizedResidual(residual), model.WeightedLength(y)];
    }
}
