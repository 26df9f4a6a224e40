using Retrodict.Data;
using Retrodict.Randomness;

namespace Retrodict.Tests.Regressions;

/// <summary>Ends of regressions that are ridges, plateaus, or minima that are not unique.</summary>
public sealed class EndExaminationTests
{
    private static readonly double[] _x = [.. Enumerable.Range(0, 40).Select(i => i / 8.0)];
    private static readonly double[] _noise = Noise();

    [Theory]
    [InlineData("a*exp(-k*x)+b*exp(-l*x)", "a k b l")]
    [InlineData("a*sin(k*x)+b*sin(l*x)", "a k b l")]
    [InlineData("a*x/(k+x)+b*x/(l+x)", "a k b l")]
    [InlineData("a*exp(-(x-k)^2)+b*exp(-(x-l)^2)", "a k b l")]
    public void Equal_components_are_parted(string model, string parameters)
    {
        string[] names = parameters.Split(' ');
        double[] truth = model.Contains("sin", StringComparison.Ordinal) ? [1, 2, 0.5, 3] : [3, 2, 1, 0.4];
        RegressionFit fit = Fit(model, names, truth, [1, 1.3, 1, 1.3], 0.001);
        Assert.Equal(SolveStatus.Converged, fit.Solution.Status);
        Assert.All(fit.Parameters, parameter => Assert.Equal(ParameterState.Estimated, parameter.State));
        Assert.InRange(fit.ResidualStandardDeviation, 0.0005, 0.0015);
        Assert.Equal(fit.Solution.Summary.Iterations, fit.Solution.History[^1].Iteration);
        Assert.Equal(Enumerable.Range(0, fit.Solution.History.Count), fit.Solution.History.Select(record => record.Iteration));
    }

    [Fact]
    public void The_start_of_a_ridge_is_left_by_every_loss()
    {
        Regression plain = Regression("a*exp(-k*x)+b*exp(-l*x)", ["a", "k", "b", "l"], [3, 2, 1, 0.4], [1, 1, 1, 1], 0.01);
        RegressionFit fit = (plain with { Loss = new HuberLoss() }).Fit();
        Assert.Equal(SolveStatus.Converged, fit.Solution.Status);
        Assert.Equal([0.4, 2], fit.Parameters.Where(p => p.Name is "k" or "l").Select(p => Math.Round(p.Estimate, 1)).Order());
    }

    [Theory]
    [InlineData("a*exp(-(x-m)^2)", new double[] { 1, 50 }, new double[] { 1, 500 })]
    [InlineData("a*exp(-m*x)*x", new double[] { 1, 1 }, new double[] { 1, 1e6 })]
    [InlineData("a*0+m*0", new double[] { 0, 0 }, new double[] { 1, 2 })]
    public void Nothing_that_matters_is_no_solution(string model, double[] truth, double[] start)
    {
        RegressionFit fit = Fit(model, ["a", "m"], truth, start, 0.1);
        Assert.Equal(SolveStatus.Undetermined, fit.Solution.Status);
        Assert.Equal(["a", "m"], fit.Unseen);
        Assert.All(fit.Parameters, parameter =>
        {
            Assert.Equal(ParameterState.Undetermined, parameter.State);
            Assert.True(double.IsNaN(parameter.StandardError) && double.IsNaN(parameter.Margin) && double.IsNaN(parameter.Lower));
        });
        Assert.Empty(fit.Combinations);
    }

    [Fact]
    public void A_plateau_is_left_for_lower_ground()
    {
        RegressionFit fit = Fit("c+a*exp(-(x-m)^2)", ["c", "a", "m"], [1, 5, 3], [0, 1, 500], 0.1);
        Assert.Equal(SolveStatus.Converged, fit.Solution.Status);
        Assert.Equal(3, fit.Parameters[2].Estimate, 0.1);
    }

    [Theory]
    [InlineData("a*b*x", "a*b", CombinationKind.Product, 6.0)]
    [InlineData("a/b*x", "a/b", CombinationKind.Product, 2 / 3.0)]
    [InlineData("a*b^2*x", "a*b^2", CombinationKind.Product, 18.0)]
    [InlineData("a*sqrt(b)*x", "a*b^(1/2)", CombinationKind.Product, 3.4641016)]
    [InlineData("(a+b)*x", "a + b", CombinationKind.Sum, 5.0)]
    [InlineData("(a-2*b)*x", "a - 2*b", CombinationKind.Sum, -4.0)]
    [InlineData("exp(a+b)*x", "a + b", CombinationKind.Sum, 5.0)]
    [InlineData("a*exp(b)*x", null, CombinationKind.RelativeChanges, double.NaN)]
    public void What_is_determined_is_named(string model, string? text, CombinationKind kind, double value)
    {
        RegressionFit fit = Fit(model, ["a", "b"], [2, 3], [2.1, 2.8], 1e-4);
        Assert.Equal(SolveStatus.Converged, fit.Solution.Status);
        Assert.All(fit.Parameters, parameter => Assert.Equal(ParameterState.Undetermined, parameter.State));
        DeterminedCombination combination = Assert.Single(fit.Combinations);
        Assert.Equal(kind, combination.Kind);
        Assert.Equal(text ?? combination.Text, combination.Text);
        Assert.Equal(value, combination.Estimate, 1e-3);
        Assert.True(combination.StandardError > 0);
        Assert.Equal(_x.Length - 1, fit.DegreesOfFreedom);
    }

    [Fact]
    public void A_product_of_equal_factors_is_no_sum()
    {
        DeterminedCombination combination = Assert.Single(Fit("a*b*x", ["a", "b"], [2, 2], [1, 1], 1e-4).Combinations);
        Assert.Equal(("a*b", CombinationKind.Product), (combination.Text, combination.Kind));
    }

    [Fact]
    public void Two_products_are_told_apart()
    {
        RegressionFit fit = Fit("a*b*x+c*d", ["a", "b", "c", "d"], [2, 3, 1, 5], [1, 1, 1, 1], 1e-4);
        Assert.Equal(["a*b", "c*d"], fit.Combinations.Select(combination => combination.Text));
    }

    [Fact]
    public void Predictions_know_what_a_product_knows()
    {
        RegressionFit product = Fit("a*b*x", ["a", "b"], [2, 3], [1, 1], 0.1), slope = Fit("c*x", ["c"], [6], [1], 0.1);
        DataColumns row = new([("x", [3.0])]);
        Assert.Equal(slope.Predict(row).StandardErrors[0], product.Predict(row).StandardErrors[0], 1e-6);
    }

    [Fact]
    public void An_estimate_of_zero_is_determined()
    {
        double[] odd = [.. _x.Select(x => x - 1)];
        RegressionFit fit = new Regression("a + b*x", new DataColumns([("y", odd), ("x", _x)])) { Start = [("a", 0), ("b", 0)] }.Fit();
        RegressionFit zero = new Regression("a + b*(x-1)", new DataColumns([("y", odd), ("x", _x)])) { Start = [("a", 1), ("b", 0)] }.Fit();
        Assert.All(fit.Parameters.Concat(zero.Parameters), parameter => Assert.Equal(ParameterState.Estimated, parameter.State));
        Assert.InRange(zero.Parameters[0].Estimate, -1e-14, 1e-14);
    }

    [Theory]
    [InlineData(1e-100)]
    [InlineData(1e-20)]
    [InlineData(1)]
    [InlineData(1e20)]
    [InlineData(1e100)]
    public void What_is_determined_does_not_depend_on_units(double unit)
    {
        double[] y = [.. _x.Select((x, i) => 3 * Math.Exp(-x) + (0.01 * _noise[i]))];
        string model = $"a*exp(-k/u*x)";
        RegressionFit fit = new Regression(model, new DataColumns([("y", y), ("x", _x), ("u", [.. _x.Select(_ => unit)])]))
        {
            Start = [("a", 1), ("k", unit)],
        }.Fit();
        Assert.Equal(SolveStatus.Converged, fit.Solution.Status);
        Assert.Equal(ParameterState.Estimated, fit.Parameters[1].State);
        Assert.Equal(1, fit.Parameters[1].Estimate / unit, 0.02);
    }

    [Fact]
    public void Limits_leave_no_errors()
    {
        Regression regression = Regression("a*exp(-k*x)", ["a", "k"], [3, 1], [1, 3], 0.01);
        RegressionFit fit = regression.Fit(new LevenbergMarquardt { Stopping = new StoppingRule { MaxIterations = 1 } });
        Assert.Equal(SolveStatus.MaxIterations, fit.Solution.Status);
        Assert.All(fit.Parameters, parameter =>
            Assert.Equal((double.NaN, ParameterState.Estimated), (parameter.StandardError, parameter.State)));
        Assert.True(double.IsNaN(fit.Covariance[0]) && double.IsNaN(fit.Predict(regression.Data).StandardErrors[0]));
        Assert.DoesNotContain("±", fit.ToString(), StringComparison.Ordinal);
    }

    private static RegressionFit Fit(string model, string[] names, double[] truth, double[] start, double noise) =>
        Regression(model, names, truth, start, noise).Fit();

    private static Regression Regression(string model, string[] names, double[] truth, double[] start, double noise)
    {
        var exact = new Regression(model, new DataColumns([("y", [.. _x.Select(_ => 0.0)]), ("x", _x)]))
        {
            Start = [.. names.Zip(truth, (name, value) => (name, value))],
        };
        double[] values = exact.ToProblem().Problem.Forward.Compile<double>().Evaluate(truth)[0];
        double[] y = [.. values.Select((value, i) => value + (noise * _noise[i]))];
        return exact with { Data = new DataColumns([("y", y), ("x", _x)]), Start = [.. names.Zip(start, (name, value) => (name, value))] };
    }

    private static double[] Noise()
    {
        var noise = new double[_x.Length];
        new RandomStream(5, "ends").FillNormal<double>(noise);
        return noise;
    }
}
