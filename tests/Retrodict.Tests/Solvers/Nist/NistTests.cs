using Retrodict.Data;

namespace Retrodict.Tests.Solvers.Nist;

/// <summary>
/// The 27 certified nonlinear regressions of NIST, from both starts. Digits are log relative errors, -log10 |a - c| / |c|, capped at 11 as
/// certified values have no more; those of a fit are the fewest of its parameters.
/// </summary>
public sealed class NistTests
{
    /// <summary>What a fit must reach at least.</summary>
    private const double FewestDigits = 4;

    /// <summary>What fits must reach on average.</summary>
    private const double MeanDigits = 9.5;

    /// <summary>Standard errors and residual sums of squares.</summary>
    private const double StatisticsDigits = 6;

    /// <summary>Lanczos1's residuals are 1e-13 where its data are of order 1: rounding the data to doubles alone changes its sum of squares
    /// in the fourth digit (calculated with 50 digits), and rounding in the model as much again.</summary>
    private const double RoundingDigits = 2.5;

    private static readonly Dictionary<(string, int), RegressionFit> _fits = [];

    /// <summary>The method under test, as it comes.</summary>
    private static Solver Method { get; } = new LevenbergMarquardt();

    public static TheoryData<string> Sets() => new(NistDataSet.Names());

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (string name in NistDataSet.Names())
        {
            cases.Add(name, 1);
            cases.Add(name, 2);
        }

        return cases;
    }

    [Fact]
    public void There_are_27_sets() => Assert.Equal(27, NistDataSet.Names().Count());

    [Theory]
    [MemberData(nameof(Sets))]
    public void The_certified_parameters_have_the_certified_residuals(string name)
    {
        NistDataSet set = NistDataSet.Read(name);
        RegressionProblem problem = RegressionOf(set, 1).ToProblem();
        double[] model = problem.Problem.Forward.Compile<double>().Evaluate(
            [.. set.Parameters.Select(parameter => parameter.Certified)])[0];
        double[] squares = [.. model.Zip(problem.Observation.ToArray(), (f, y) => (f - y) * (f - y))];
        Assert.Equal(set.DegreesOfFreedom, squares.Length - set.Parameters.Count);
        if (name == "Lanczos1")
        {
            // The certified digits themselves leave more than its residuals.
            Assert.InRange(squares.Sum(), 0, 1e-20);
            return;
        }

        Assert.InRange(Digits(squares.Sum(), set.ResidualSumOfSquares), 9, 11);
        Assert.InRange(Digits(Math.Sqrt(squares.Sum() / set.DegreesOfFreedom), set.ResidualStandardDeviation), 9, 11);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Estimates_are_the_certified_ones(string name, int start)
    {
        Assert.InRange(EstimateDigits(name, start), FewestDigits, 11);
    }

    [Fact]
    public void Estimates_have_nearly_all_digits_on_average() => Assert.InRange(
        NistDataSet.Names().SelectMany(name => new[] { (name, 1), (name, 2) }).Average(
            item => EstimateDigits(item.Item1, item.Item2)), MeanDigits, 11);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Standard_errors_and_residuals_are_the_certified_ones(string name, int start)
    {
        NistDataSet set = NistDataSet.Read(name);
        RegressionFit fit = FitOf(name, start);
        double expected = name == "Lanczos1" ? RoundingDigits : StatisticsDigits;
        Assert.InRange(Digits(fit.ResidualSumOfSquares, set.ResidualSumOfSquares), expected, 11);
        Assert.InRange(Digits(fit.ResidualStandardDeviation, set.ResidualStandardDeviation), expected, 11);
        Assert.Equal(set.DegreesOfFreedom, fit.DegreesOfFreedom);
        Assert.All(
            set.Parameters.Zip(fit.Parameters),
            pair =>
            {
                Assert.Equal((pair.First.Name, ParameterState.Estimated), (pair.Second.Name, pair.Second.State));
                Assert.InRange(Digits(pair.Second.StandardError, pair.First.StandardDeviation), expected, 11);
            });
    }

    private static double EstimateDigits(string name, int start) =>
        NistDataSet.Read(name).Parameters.Zip(
            FitOf(name, start).Parameters, (certified, found) => Digits(found.Estimate, certified.Certified)).Min();

    private static double Digits(double value, double certified) =>
        double.IsNaN(value) ? 0 : Math.Clamp(-Math.Log10(Math.Abs(value - certified) / Math.Abs(certified)), 0, 11);

    private static Regression RegressionOf(NistDataSet set, int start) =>
        new(set.Model, new DataColumns(set.Columns)) { Start = set.Start(start) };

    private static RegressionFit FitOf(string name, int start)
    {
        lock (_fits)
        {
            return _fits.TryGetValue((name, start), out RegressionFit? fit)
                ? fit
                : _fits[(name, start)] = RegressionOf(NistDataSet.Read(name), start).Fit(Method);
        }
    }
}
