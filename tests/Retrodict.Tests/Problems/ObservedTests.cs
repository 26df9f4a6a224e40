using Retrodict.Autodiff;

namespace Retrodict.Tests.Problems;

public sealed class ObservedTests
{
    private const int N = 4, M = 11;

    private static readonly bool[] _observed = [.. Enumerable.Range(0, M).Select(i => i is not (0 or 5 or 6 or 10))];
    private static readonly int[] _kept = [.. Enumerable.Range(0, M).Where(i => _observed[i])];

    public static TheoryData<string> Noises() => new("one", "each", "covariance");

    [Theory]
    [MemberData(nameof(Noises))]
    public void A_masked_problem_is_bit_for_bit_the_one_with_the_rows_removed(string kind)
    {
        double[] deviations = [.. Dense.Random(M, 5).Select(s => 0.2 + (s * s))];
        double[] covariance = Dense.Flat(Dense.RandomCovariance(M, 6)), scale = [.. Dense.Random(M, 7).Select(s => 2 + s)];
        (Noise all, Noise kept) = kind switch
        {
            "one" => ((Noise)0.1, (Noise)0.1),
            "each" => (deviations, _kept.Select(i => deviations[i]).ToArray()),
            _ =>
                (Noise.FromCovariance(covariance),
                    Noise.FromCovariance([.. from i in _kept from j in _kept select covariance[(i * M) + j]])),
        };
        GaussianPrior prior = GaussianPrior.FromCovariance(Dense.Random(N, 8), Dense.Flat(Dense.RandomCovariance(N, 9)));
        InverseProblem masked = new(Model, N) { Noise = all, ObservationScale = scale, Observed = _observed, Prior = prior };
        InverseProblem reduced = new(
            x => Model(x).Gather(0, _kept), N) { Noise = kept, ObservationScale = _kept.Select(i => scale[i]).ToArray(), Prior = prior };
        double[] y = Dense.Random(M, 10);
        SolveResult expected = new GaussNewton().Solve(reduced, [.. _kept.Select(i => y[i])], new double[N]);
        for (int i = 0; i < M; i++)
        {
            y[i] = _observed[i] ? y[i] : i % 2 == 0 ? double.NaN : double.PositiveInfinity;
        }

        SolveResult actual = new GaussNewton().Solve(masked, y, new double[N]);
        Assert.Equal(expected.X, actual.X);
        Assert.Equal(expected.Summary, actual.Summary);
        Assert.Equal(expected.History, actual.History);
        Assert.True(actual.Summary.Iterations > 1);
    }

    [Fact]
    public void Rows_that_are_masked_may_be_undefined_in_the_model()
    {
        InverseProblem problem = new(x => Value.Stack(x[0], Value.Log(-x[0])), 1) { Observed = [true, false] };
        SolveResult result = new GaussNewton().Solve(problem, [3, 0], [1]);
        Assert.Equal((SolveStatus.Converged, 3), (result.Status, Math.Round(result.X[0], 12)));
    }

    [Fact]
    public void Measurements_that_are_not_masked_must_still_be_finite()
    {
        InverseProblem problem = new(Model, N) { Observed = _observed };
        double[] y = new double[M];
        y[1] = double.NaN;
        ArgumentException e = Assert.Throws<ArgumentException>(() => new GaussNewton().Solve(problem, y, new double[N]));
        Assert.Contains("position 1", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new GaussNewton().Solve(problem, new double[M], [double.NaN, 0, 0, 0]));
        Assert.Throws<ArgumentException>(() => new GaussNewton().Solve(problem, new double[_kept.Length], new double[N]));
    }

    [Fact]
    public void Masks_are_copied_and_checked()
    {
        InverseProblem problem = new(Model, N);
        Assert.Null(problem.Observed);
        bool[] mask = [.. _observed];
        InverseProblem masked = problem with { Observed = mask };
        mask[1] = false;
        Assert.True(masked.Observed![1]);
        Assert.Null((masked with { Observed = null }).Observed);
        Assert.Equal(M, masked.Observations);
        Assert.Contains(
            "2 components, but the forward model has 11", Assert.Throws<ArgumentException>(
                () => problem with { Observed = [true, false] }).Message, StringComparison.Ordinal);
        Assert.Contains(
            "no observation", Assert.Throws<ArgumentException>(
                () => problem with { Observed = new bool[M] }).Message, StringComparison.Ordinal);
    }

    private static Value Model(Value x) => Value.Tanh(Value.MatMul(Value.Constant(Dense.RandomMatrix(M, N, 1)), x));
}
