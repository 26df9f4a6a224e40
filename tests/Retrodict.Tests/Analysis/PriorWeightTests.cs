using Retrodict.Autodiff;
using Retrodict.Randomness;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Analysis;

/// <summary>A Gaussian blur of 20 unknowns into 24 observations, the textbook's ill-posed problem.</summary>
public sealed class PriorWeightTests
{
    private const int N = 20, M = 24;
    private const double Noise = 1e-2;

    private static readonly double[,] _blur = Blur();
    private static readonly double[] _mean = [.. Enumerable.Range(0, N).Select(i => 0.1 * i / N)];
    private static readonly double[,] _covariance = Covariance();
    private static readonly double[] _truth = [.. Enumerable.Range(0, N).Select(i => i is > 5 and < 12 ? 1.0 : 0.2)];
    private static readonly double[] _observation = Observe(value => value);

    private static readonly InverseProblem _problem = new(x => Value.MatMul(Value.Constant(_blur), x), N)
    {
        Noise = Noise,
        Prior = GaussianPrior.FromCovariance(_mean, Dense.Flat(_covariance)),
    };

    /// <summary>Box bounds far away make no difference, except that nothing is taken for linear.</summary>
    private static readonly InverseProblem _bounded = _problem with { Bounds = new Box(-1e6, 1e6) };

    [Fact]
    public void The_curve_is_that_of_regularized_solves_and_their_influence_matrix()
    {
        PriorWeightResult result = new PriorWeightSearch { Points = 5, Lower = 0.1, Upper = 1e3 }.Solve(
            new GaussNewton(), _problem, _observation, new double[N]);
        Assert.True(result.IsLinear);
        foreach (PriorWeightPoint point in result.Curve)
        {
            (double misfit, double prior, double trace, double square) = Direct(point.Weight);
            AssertRelative(misfit, point.Misfit, 1e-8);
            AssertRelative(prior, point.PriorNorm, 1e-7);
            Assert.Equal(trace, point.SignalDegreesOfFreedom, 1e-7);
            AssertRelative(misfit / Math.Sqrt(M), point.Discrepancy, 1e-8);
            double plain = M * misfit * misfit / Math.Pow(M - trace, 2);
            AssertRelative(plain, point.CrossValidation, 1e-7);
            AssertRelative(
                plain * (0.05 + (0.95 * square / M)) * Math.Pow(1 + Math.Sqrt(2 / (M - trace)), 2), point.RobustCrossValidation, 1e-7);
            AssertRelative(Propagated(point.Weight), point.PropagatedNoise, 1e-6);
        }
    }

    /// <summary>The curvature of a curve through finite differences of direct solves.</summary>
    [Theory]
    [InlineData(1.0)]
    [InlineData(20.0)]
    public void The_curvature_is_that_of_the_curve(double weight)
    {
        const double Step = 0.02;
        (double Misfit, double Prior, double Trace, double Square)[] points =
            [.. new[] { -1, 0, 1 }.Select(i => Direct(weight * Math.Exp(i * Step)))];
        double[] u = [.. points.Select(point => Math.Log(point.Misfit))];
        double[] v = [.. points.Select(point => Math.Log(point.Prior))];
        (double u1, double v1) = ((u[2] - u[0]) / (2 * Step), (v[2] - v[0]) / (2 * Step));
        (double u2, double v2) = ((u[2] - (2 * u[1]) + u[0]) / (Step * Step), (v[2] - (2 * v[1]) + v[0]) / (Step * Step));
        double expected = ((u1 * v2) - (u2 * v1)) / Math.Pow((u1 * u1) + (v1 * v1), 1.5);
        PriorWeightResult result =
            new PriorWeightSearch { Rule = PriorWeightRule.LCurve, Points = 3, Lower = weight / 4, Upper = weight * 4 }
            .Solve(new GaussNewton(), _problem, _observation, new double[N]);
        AssertRelative(expected, result.Curve.MinBy(point => Math.Abs(Math.Log(point.Weight / weight))).Curvature, 5e-3);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.5)]
    public void The_discrepancy_is_met_by_the_solution_itself(double target)
    {
        PriorWeightResult result = new PriorWeightSearch { Target = target }.Solve(
            new GaussNewton(), _problem, _observation, new double[N]);
        Assert.True(result.Status is PriorWeightStatus.Found or PriorWeightStatus.Doubtful);
        Assert.Equal(target, result.Target);
        AssertRelative(target, result.Solution.Summary.Discrepancy, 1e-7);
        AssertRelative(target * Math.Sqrt(M), Direct(result.Weight).Misfit, 1e-7);
        double[] again = [.. new GaussNewton().Solve(result.Problem, _observation, new double[N]).X];
        Dense.AssertClose(again, [.. result.Solution.X], 1e-8);
    }

    /// <summary>Plain cross-validation is least where noise is fitted. The robust one has a minimum there too, less than half as low as the
    /// one that it takes, and says so.</summary>
    [Theory]
    [InlineData(false, -2.5, 3)]
    [InlineData(true, 0, 3)]
    public void Cross_validation_finds_the_least_of_a_fine_grid(bool robust, double from, double to)
    {
        PriorWeightResult result = new PriorWeightSearch { Rule = PriorWeightRule.GeneralizedCrossValidation, Robust = robust }.Solve(
            new GaussNewton(), _problem, _observation, new double[N]);
        Assert.Equal(
            (PriorWeightStatus.Doubtful, robust ? PriorWeightDoubt.CompetingMinimum : PriorWeightDoubt.FarFromCrossValidation),
            (result.Status, result.Doubt));
        double best = Enumerable.Range(0, 1400).Select(i => Math.Pow(10, from + (i * (to - from) / 1400))).MinBy(weight =>
        {
            (double misfit, _, double trace, double square) = Direct(weight);
            double plain = misfit * misfit / Math.Pow(M - trace, 2);
            return robust ? plain * (0.05 + (0.95 * square / M)) * Math.Pow(1 + Math.Sqrt(2 / (M - trace)), 2) : plain;
        });
        AssertRelative(best, result.Weight, 0.01);
        Assert.Equal(robust, Dense.Norm(Dense.Plus([.. result.Solution.X], _truth, -1)) < 1);
    }

    [Fact]
    public void The_corner_is_where_the_curvature_is_greatest()
    {
        PriorWeightResult result = new PriorWeightSearch { Rule = PriorWeightRule.LCurve, Points = 60, Lower = 1e-2, Upper = 1e4 }
            .Solve(new GaussNewton(), _problem, _observation, new double[N]);
        Assert.True(result.Status is PriorWeightStatus.Found or PriorWeightStatus.Doubtful);
        double chosen = result.Curve.Single(point => point.Weight == result.Weight).Curvature;
        Assert.True(chosen > 0);
        Assert.All(result.Curve, point => Assert.True(double.IsNaN(point.Curvature) || point.Curvature <= chosen * (1 + 1e-6)));
    }

    [Theory]
    [InlineData(PriorWeightRule.Discrepancy)]
    [InlineData(PriorWeightRule.GeneralizedCrossValidation)]
    [InlineData(PriorWeightRule.LCurve)]
    public void Solves_at_every_weight_choose_what_one_decomposition_does(PriorWeightRule rule)
    {
        var search = new PriorWeightSearch { Rule = rule, Points = 13, Lower = 0.1, Upper = 1e3 };
        PriorWeightResult linear = search.Solve(new GaussNewton(), _problem, _observation, new double[N]);
        PriorWeightResult solved = search.Solve(new GaussNewton(), _bounded, _observation, new double[N]);
        Assert.Equal((true, false), (linear.IsLinear, solved.IsLinear));
        Assert.Equal(linear.Status, solved.Status);
        AssertRelative(linear.Weight, solved.Weight, 1e-3);
        Dense.AssertClose([.. linear.Solution.X], [.. solved.Solution.X], 1e-3);
    }

    [Fact]
    public void A_nonlinear_model_meets_the_discrepancy_too()
    {
        InverseProblem problem = new(x => Value.Exp(Value.MatMul(Value.Constant(_blur), x)), N) { Noise = Noise, Prior = _problem.Prior };
        double[] y = Observe(Math.Exp);
        PriorWeightResult result = new PriorWeightSearch { Points = 9, Lower = 0.3, Upper = 300 }.Solve(
            new GaussNewton(), problem, y, new double[N]);
        Assert.Equal((PriorWeightStatus.Found, false), (result.Status, result.IsLinear));
        AssertRelative(1, result.Solution.Summary.Discrepancy, 1e-6);
        Assert.Equal(result.Curve.Select(point => point.Weight).Order(), result.Curve.Select(point => point.Weight));
    }

    [Fact]
    public void A_measurement_that_the_prior_explains_takes_the_largest_weight()
    {
        PriorWeightResult result = new PriorWeightSearch().Solve(new GaussNewton(), _problem, Dense.Times(_blur, _mean), new double[N]);
        Assert.Equal(PriorWeightStatus.AtUpperEnd, result.Status);
        Dense.AssertClose(_mean, [.. result.Solution.X], 1e-6);
    }

    [Fact]
    public void A_measurement_that_no_unknown_explains_takes_the_smallest_weight()
    {
        double[] y = [.. _observation.Select((v, i) => v + (i % 2 == 0 ? 1 : -1))];
        PriorWeightResult result = new PriorWeightSearch { Lower = 0.1 }.Solve(new GaussNewton(), _problem, y, new double[N]);
        Assert.Equal((PriorWeightStatus.AtLowerEnd, 0.1), (result.Status, Math.Round(result.Weight, 12)));
        Assert.True(result.Solution.Summary.Discrepancy > 10);
    }

    [Theory]
    [InlineData(PriorWeightRule.Discrepancy, 0.5, PriorWeightStatus.AtLowerEnd, PriorWeightDoubt.None)]
    [InlineData(PriorWeightRule.Discrepancy, 0.7, PriorWeightStatus.Doubtful, PriorWeightDoubt.NoiseIsLarger)]
    [InlineData(PriorWeightRule.Discrepancy, 1.0, PriorWeightStatus.Found, PriorWeightDoubt.None)]
    [InlineData(PriorWeightRule.Discrepancy, 2.0, PriorWeightStatus.Doubtful, PriorWeightDoubt.NoiseIsSmaller)]
    [InlineData(PriorWeightRule.GeneralizedCrossValidation, 0.5, PriorWeightStatus.Found, PriorWeightDoubt.None)]
    [InlineData(PriorWeightRule.GeneralizedCrossValidation, 2.0, PriorWeightStatus.Found, PriorWeightDoubt.None)]
    public void A_wrong_size_of_the_noise_is_told_where_it_matters(
        PriorWeightRule rule, double factor, PriorWeightStatus status, PriorWeightDoubt doubt)
    {
        WeightDraw draw = WeightDraw.Set(0).First(value => value.Name.StartsWith("shaw 64, 0.01", StringComparison.Ordinal));
        PriorWeightResult result = draw.Misstated(new PriorWeightSearch { Rule = rule }, factor);
        Assert.Equal((status, doubt), (result.Status, result.Doubt));
    }

    /// <summary>As many unknowns as observations, nearly all of them determined.</summary>
    [Fact]
    public void Too_few_degrees_of_freedom_are_told_by_rules_that_learn_the_noise()
    {
        double[] y = [.. Enumerable.Range(0, 12).Select(i => Math.Sin(i) + (0.3 * Math.Cos(17 * i)))];
        var problem = new InverseProblem(x => x * 1.0, 12) { Noise = 0.3, Prior = new TikhonovPrior(12, order: 1) };
        PriorWeightResult result = new PriorWeightSearch { Rule = PriorWeightRule.GeneralizedCrossValidation, Lower = 0.01, Upper = 0.2 }
            .Solve(new GaussNewton(), problem, y, new double[12]);
        Assert.True(result.Curve.Single(point => point.Weight == result.Weight).SignalDegreesOfFreedom > 0.8 * 12);
        Assert.NotEqual(PriorWeightStatus.Found, result.Status);
    }

    /// <summary>Solves at every weight, of a model with curvature: a noise stated four times as large as it is is told.</summary>
    [Fact]
    public void A_nonlinear_model_is_judged_by_its_solves()
    {
        InverseProblem problem = new(x => Value.Exp(Value.MatMul(Value.Constant(_blur), x)), N)
        {
            Noise = 4 * Noise,
            Prior = _problem.Prior,
        };
        PriorWeightResult result = new PriorWeightSearch { Points = 9, Lower = 0.3, Upper = 300 }.Solve(
            new GaussNewton(), problem, Observe(Math.Exp), new double[N]);
        Assert.Equal((PriorWeightDoubt.NoiseIsSmaller, false), (result.Doubt, result.IsLinear));
    }

    [Fact]
    public void A_cancelled_search_says_so_and_returns_a_point()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        PriorWeightResult result = new PriorWeightSearch().Solve(new GaussNewton(), _bounded, _observation, new double[N], source.Token);
        Assert.Equal(PriorWeightStatus.Cancelled, result.Status);
        Assert.Equal(N, result.Solution.X.Count);
    }

    [Fact]
    public void Misuse_is_named()
    {
        Assert.Equal(
            "problem", Assert.Throws<ArgumentException>(
                () => new PriorWeightSearch().Solve(
                    new GaussNewton(), _problem with { Prior = null }, _observation, new double[N])).ParamName);
        Assert.Throws<ArgumentException>(
            () => new PriorWeightSearch { Lower = 2, Upper = 1 }.Solve(new GaussNewton(), _problem, _observation, new double[N]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PriorWeightSearch { Target = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PriorWeightSearch { Points = 2 });
    }

    /// <summary>The regularized solution from its normal equations, its two norms and the traces of K (K'K + w² P'P)^-1 K', in units of the
    /// noise, and of its square.</summary>
    private static (double Misfit, double Prior, double Trace, double Square) Direct(double weight)
    {
        double[,] k = Dense.Times(Dense.Identity(M, 1 / Noise), _blur);
        double[,] precision = Dense.Inverse(_covariance);
        double[,] inverse = Dense.Inverse(
            Dense.Plus(Dense.Times(Dense.Transpose(k), k), Dense.Times(Dense.Identity(N, weight * weight), precision)));
        double[,] gain = Dense.Times(inverse, Dense.Transpose(k));
        double[] innovation = Dense.Plus([.. _observation.Select(v => v / Noise)], Dense.Times(k, _mean), -1);
        double[] d = Dense.Times(gain, innovation);
        double[,] influence = Dense.Times(k, gain);
        return (
            Dense.Norm(Dense.Plus(innovation, Dense.Times(k, d), -1)),
            Math.Sqrt(Dense.Dot(d, Dense.Times(precision, d))),
            Enumerable.Range(0, M).Sum(i => influence[i, i]),
            Dense.Flat(influence).Sum(value => value * value));
    }

    /// <summary>The root of the trace of P G G' P', with G the gain, which is what the noise's covariance becomes.</summary>
    private static double Propagated(double weight)
    {
        double[,] k = Dense.Times(Dense.Identity(M, 1 / Noise), _blur);
        double[,] precision = Dense.Inverse(_covariance);
        double[,] gain = Dense.Times(
            Dense.Inverse(Dense.Plus(
                Dense.Times(Dense.Transpose(k), k), Dense.Times(Dense.Identity(N, weight * weight), precision))),
            Dense.Transpose(k));
        double[,] covariance = Dense.Times(precision, Dense.Times(gain, Dense.Transpose(gain)));
        return Math.Sqrt(Enumerable.Range(0, N).Sum(i => covariance[i, i]));
    }

    private static double[,] Blur()
    {
        var blur = new double[M, N];
        for (int i = 0; i < M; i++)
        {
            for (int j = 0; j < N; j++)
            {
                double distance = (i / (M - 1.0)) - (j / (N - 1.0));
                blur[i, j] = Math.Exp(-0.5 * Math.Pow(distance / 0.08, 2)) / 4;
            }
        }

        return blur;
    }

    /// <summary>0.8^|i - j|, well conditioned.</summary>
    private static double[,] Covariance()
    {
        var covariance = new double[N, N];
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < N; j++)
            {
                covariance[i, j] = Math.Pow(0.8, Math.Abs(i - j));
            }
        }

        return covariance;
    }

    private static double[] Observe(Func<double, double> response)
    {
        double[] noise = new double[M];
        new RandomStream(1, "blur").FillNormal<double>(noise);
        return Dense.Plus([.. Dense.Times(_blur, _truth).Select(response)], noise, Noise);
    }

    private static void AssertRelative(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Abs(expected), $"{expected:R} expected, {actual:R} found.");
}
