using Retrodict.Autodiff;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Analysis;

public sealed class FitStatisticsTests
{
    [Theory]
    [InlineData(500, 0.0001)]
    [InlineData(250, 0.0005)]
    public void Certified_standard_deviations_are_reached_from_both_certified_starts(double b1, double b2)
    {
        CertifiedFit fit = CertifiedFits.Misra1a;
        Session session = new GaussNewton().Prepare(fit.Problem);
        SolveResult result = session.Solve(fit.Observation, [b1, b2]);
        AssertCertified(fit, [.. result.X], session.Analyze(fit.Observation, [.. result.X]).Statistics(NoiseLevel.Estimated), 1e-7);
    }

    /// <summary>Parameters to eleven digits give the standard deviations to at least seven, of unknowns that are nearly dependent
    /// too.</summary>
    [Theory]
    [InlineData(nameof(CertifiedFits.Misra1a), 3e-9)]
    [InlineData(nameof(CertifiedFits.Mgh10), 3e-8)]
    [InlineData(nameof(CertifiedFits.Lanczos3), 3e-8)]
    public void At_the_certified_parameters_the_certified_standard_deviations_are_found(string name, double tolerance)
    {
        CertifiedFit fit = CertifiedFits.Find(name);
        AssertCertified(
            fit, fit.Estimate, FitAnalysis.At(fit.Problem, fit.Observation, fit.Estimate).Statistics(NoiseLevel.Estimated), tolerance);
    }

    /// <summary>Var(slope) = s² / Sxx, Var(intercept) = s² (1/m + mean² / Sxx), Cov = -s² mean / Sxx.</summary>
    [Theory]
    [InlineData(NoiseLevel.Estimated)]
    [InlineData(NoiseLevel.Known)]
    public void A_straight_line_has_the_textbooks_covariance(NoiseLevel noise)
    {
        double[] t = [-1, 0, 1.5, 2, 4, 7];
        double[] y = [0.3, 1.1, 1.9, 2.8, 4.1, 7.3];
        const double Sigma = 0.25;
        InverseProblem problem = new(x => x[0] + (x[1] * Value.Constant(t)), 2) { Noise = Sigma };
        SolveResult result = new GaussNewton().Solve(problem, y, [0, 0]);
        FitStatistics statistics = FitAnalysis.At(problem, y, [.. result.X]).Statistics(noise);
        double mean = t.Average();
        double sxx = t.Sum(v => (v - mean) * (v - mean));
        double sum = t.Zip(y).Sum(p => Math.Pow(p.Second - result.X[0] - (result.X[1] * p.First), 2));
        double variance = noise == NoiseLevel.Known ? Sigma * Sigma : sum / 4;
        double[] expected = [variance * ((1.0 / 6) + (mean * mean / sxx)), -variance * mean / sxx, -variance * mean / sxx, variance / sxx];
        Dense.AssertClose(expected, statistics.Covariance, 1e-13);
        Dense.AssertClose([Math.Sqrt(expected[0]), Math.Sqrt(expected[3])], statistics.StandardErrors, 1e-13);
        AssertRelative(Math.Sqrt(sum / 4) / Sigma, statistics.ResidualStandardDeviation, 1e-12);
        double correlation = expected[1] / Math.Sqrt(expected[0] * expected[3]);
        Dense.AssertClose([1, correlation, correlation, 1], statistics.Correlation(), 1e-13);

        // Two columns of length one with cosine c have singular values sqrt(1 ± c).
        double cosine = t.Sum() / Math.Sqrt(6 * t.Sum(v => v * v));
        Dense.AssertClose([Math.Sqrt(1 + cosine), Math.Sqrt(1 - cosine)], statistics.SingularValues, 1e-13);
        AssertRelative(Math.Sqrt((1 + cosine) / (1 - cosine)), statistics.Condition, 1e-12);
    }

    /// <summary>With columns b and b + e d the covariance of x1 is that of the second unknown of [b, d] over e². The inverse of J'J has no
    /// digits at 1e-8.</summary>
    [Theory]
    [InlineData(1e-4)]
    [InlineData(1e-6)]
    [InlineData(1e-8)]
    public void Nearly_equal_columns_keep_their_digits(double difference)
    {
        double[] b = Dense.Random(7, 1);
        double[] d = Dense.Random(7, 2);
        double[,] easy = Dense.Matrix([.. b.Zip(d).SelectMany(p => new[] { p.First, p.Second })], 7, 2);
        double[,] hard = Dense.Matrix([.. b.Zip(d).SelectMany(p => new[] { p.First, p.First + (difference * p.Second) })], 7, 2);
        double[,] covariance = Dense.Inverse(Dense.Times(Dense.Transpose(easy), easy));
        InverseProblem problem = new(x => Value.MatMul(Value.Constant(hard), x), 2);
        FitStatistics statistics = FitAnalysis.At(problem, new double[7], [0, 0]).Statistics(NoiseLevel.Known);
        AssertRelative(Math.Sqrt(covariance[1, 1]) / difference, statistics.StandardErrors[1], 1e-14 / difference);
    }

    [Fact]
    public void Units_that_differ_by_a_hundred_orders_of_magnitude_cost_no_digits()
    {
        double[,] a = Dense.RandomMatrix(8, 3, 5);
        double[] units = [1e-60, 1e-3, 1e60];
        InverseProblem problem = new(x => Value.MatMul(Value.Constant(a), x * Value.Constant(units)), 3);
        FitStatistics statistics = FitAnalysis.At(problem, new double[8], new double[3]).Statistics(NoiseLevel.Known);
        double[,] expected = Dense.Inverse(Dense.Times(Dense.Transpose(a), a));
        Assert.Equal(3, statistics.Rank);
        for (int i = 0; i < 3; i++)
        {
            AssertRelative(Math.Sqrt(expected[i, i]) / units[i], statistics.StandardErrors[i], 1e-12);
        }
    }

    [Fact]
    public void What_the_measurement_does_not_determine_has_infinite_errors_and_the_rest_has_its_own()
    {
        double[,] a = Dense.RandomMatrix(9, 3, 6);
        double[] y = Dense.Random(9, 7);
        InverseProblem whole = new(x => Value.MatMul(Value.Constant(a), x), 3);
        InverseProblem deficient = new(x => Value.MatMul(Value.Constant(a), Value.Stack(x[0] + (2 * x[1]), x[2], x[3])), 5);
        double[] x = [.. new GaussNewton().Solve(whole, y, new double[3]).X];
        FitStatistics expected = FitAnalysis.At(whole, y, x).Statistics(NoiseLevel.Estimated);
        FitStatistics found = FitAnalysis.At(deficient, y, [x[0], 0, x[1], x[2], 17]).Statistics(NoiseLevel.Estimated);
        Assert.Equal([true, true, false, false, true], found.Undetermined.ToArray());
        Assert.Equal((3, 6), (found.Rank, found.DegreesOfFreedom));
        Assert.Equal(double.PositiveInfinity, found.Condition);
        Assert.All(new[] { 0, 1, 4 }, i => Assert.Equal(double.PositiveInfinity, found.StandardErrors[i]));
        Assert.True(double.IsNaN(found.Covariance[1]) && double.IsNaN(found.Covariance[2]) && double.IsNaN(found.Correlation()[1]));
        Dense.AssertClose(expected.StandardErrors[1..], found.StandardErrors[2..4], 1e-12);
        AssertRelative(expected.Covariance[5], found.Covariance[13], 1e-12);
    }

    [Fact]
    public void Fewer_observations_than_unknowns_determine_nothing_alone()
    {
        InverseProblem problem = new(x => Value.MatMul(Value.Constant(Dense.RandomMatrix(2, 4, 3)), x), 4);
        FitStatistics statistics = FitAnalysis.At(problem, [1, 2], new double[4]).Statistics(NoiseLevel.Known);
        Assert.Equal((2, 0), (statistics.Rank, statistics.DegreesOfFreedom));
        Assert.All(statistics.StandardErrors.ToArray(), error => Assert.Equal(double.PositiveInfinity, error));
    }

    [Fact]
    public void Without_degrees_of_freedom_the_noise_cannot_be_estimated()
    {
        InverseProblem problem = new(x => x * 2, 2) { Noise = 0.5 };
        FitAnalysis fit = FitAnalysis.At(problem, [1, 2], [0.5, 1]);
        Assert.All(fit.Statistics(NoiseLevel.Estimated).StandardErrors.ToArray(), error => Assert.True(double.IsNaN(error)));
        Dense.AssertClose([0.25, 0.25], fit.Statistics(NoiseLevel.Known).StandardErrors, 1e-15);
    }

    [Fact]
    public void An_unknown_at_a_bound_is_held_and_the_others_errors_are_those_without_it()
    {
        double[,] a = Dense.RandomMatrix(8, 3, 8);
        double[] y = Dense.Times(a, [1, 2, 3]);
        InverseProblem problem = new(x => Value.MatMul(Value.Constant(a), x), 3) { Bounds = new Box([-5, -5, -5], [5, 1.5, 5]) };
        double[] x = [.. new GaussNewton().Solve(problem, y, [0, 0, 0]).X];
        FitStatistics statistics = FitAnalysis.At(problem, y, x).Statistics(NoiseLevel.Known);
        Assert.Equal([false, true, false], statistics.Held.ToArray());
        double[,] free = Dense.Matrix([.. Enumerable.Range(0, 8).SelectMany(i => new[] { a[i, 0], a[i, 2] })], 8, 2);
        double[,] expected = Dense.Inverse(Dense.Times(Dense.Transpose(free), free));
        Dense.AssertClose([expected[0, 0], 0, expected[0, 1], 0, 0, 0, expected[1, 0], 0, expected[1, 1]], statistics.Covariance, 1e-12);
        Assert.Equal(6, statistics.DegreesOfFreedom);
        Assert.True(double.IsNaN(statistics.Correlation()[1]));
    }

    [Fact]
    public void A_point_at_a_bound_that_the_gradient_leaves_is_not_held() =>
        Assert.False(FitAnalysis.At(new InverseProblem(x => x * 1, 1) { Bounds = new Box(0, 1) }, [0.5], [0]).Held[0]);

    [Fact]
    public void A_derivative_that_is_not_finite_gives_NaN_and_no_numbers()
    {
        FitStatistics statistics = FitAnalysis.At(new InverseProblem(x => Value.Sqrt(x), 2), [0, 1], [0, 1]).Statistics(NoiseLevel.Known);
        Assert.All(statistics.StandardErrors.ToArray(), error => Assert.True(double.IsNaN(error)));
        Assert.True(double.IsNaN(statistics.Condition));
    }

    [Fact]
    public void Misuse_is_named()
    {
        (InverseProblem problem, double[] y) = (CertifiedFits.Misra1a.Problem, CertifiedFits.Misra1a.Observation);
        ArgumentException outside = Assert.Throws<ArgumentException>(
            () => FitAnalysis.At(problem with { Bounds = new Box(0, 1) }, y, [1, 2]));
        Assert.Contains("position 1", outside.Message, StringComparison.Ordinal);
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => FitAnalysis.At(problem, y, [1])).ParamName);
        Assert.Equal("observation", Assert.Throws<ArgumentException>(() => FitAnalysis.At(problem, [1], [1, 1])).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => FitAnalysis.At(problem, y, [1, 1]).Statistics(NoiseLevel.Known, rankTolerance: double.NaN));
    }

    private static void AssertCertified(CertifiedFit fit, double[] x, FitStatistics statistics, double tolerance)
    {
        for (int i = 0; i < x.Length; i++)
        {
            AssertRelative(fit.Estimate[i], x[i], tolerance);
            AssertRelative(fit.StandardDeviations[i], statistics.StandardErrors[i], tolerance);
        }

        AssertRelative(fit.ResidualSumOfSquares, statistics.ResidualSumOfSquares, tolerance);
        AssertRelative(fit.ResidualStandardDeviation, statistics.ResidualStandardDeviation, tolerance);
        Assert.Equal((x.Length, fit.Observation.Length - x.Length), (statistics.Rank, statistics.DegreesOfFreedom));
    }

    private static void AssertRelative(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Abs(expected), $"{expected:R} expected, {actual:R} found.");
}
