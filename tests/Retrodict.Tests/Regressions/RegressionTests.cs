using Retrodict.Data;
using Retrodict.Randomness;

namespace Retrodict.Tests.Regressions;

public sealed class RegressionTests
{
    private static readonly double[] _x = [.. Enumerable.Range(0, 12).Select(i => i * 0.5)];
    private static readonly double[] _noise = Noise();

    /// <summary>A straight line, whose estimates and standard errors have closed forms.</summary>
    [Fact]
    public void A_straight_line_is_that_of_the_textbook()
    {
        double[] y = [.. _x.Select((x, i) => 2 + (3 * x) + _noise[i])];
        RegressionFit fit = new Regression("a + b*x", Data(y)) { Start = [("b", 0), ("a", 0)] }.Fit();
        double mean = _x.Average();
        double spread = _x.Sum(x => (x - mean) * (x - mean));
        double slope = _x.Zip(y, (x, v) => (x - mean) * v).Sum() / spread;
        double offset = y.Average() - (slope * mean);
        double squares = _x.Zip(y, (x, v) => Math.Pow(v - offset - (slope * x), 2)).Sum();
        double deviation = Math.Sqrt(squares / 10);
        Assert.Equal(["b", "a"], fit.Parameters.Select(parameter => parameter.Name));
        Close(slope, fit.Parameters[0].Estimate);
        Close(offset, fit.Parameters[1].Estimate);
        Close(deviation / Math.Sqrt(spread), fit.Parameters[0].StandardError);
        Close(deviation * Math.Sqrt((1 / 12.0) + (mean * mean / spread)), fit.Parameters[1].StandardError);
        Close(2.2281388519649385 * fit.Parameters[0].StandardError, fit.Parameters[0].Margin);
        Close(-mean / Math.Sqrt((spread / 12) + (mean * mean)), fit.Correlation(0, 1));
        Assert.Equal(1, fit.Correlation(1, 1));
        Close(squares, fit.ResidualSumOfSquares);
        Close(deviation, fit.ResidualStandardDeviation);
        Assert.Equal(10, fit.DegreesOfFreedom);
        RegressionPrediction prediction = fit.Predict(new DataColumns([("x", [10.0])]));
        Close(offset + (slope * 10), prediction.Values[0]);
        Close(deviation * Math.Sqrt((1 / 12.0) + ((10 - mean) * (10 - mean) / spread)), prediction.StandardErrors[0]);
    }

    [Fact]
    public void Known_noise_weighs_rows_and_is_not_scaled()
    {
        double[] sigma = [.. _x.Select(x => 0.1 + (0.05 * x))];
        double[] y = [.. _x.Select((x, i) => (3 * x) + (sigma[i] * _noise[i]))];
        RegressionFit fit = new Regression(
            "b*x", new DataColumns([("y", y), ("x", _x), ("s", sigma)])) { Start = [("b", 1)], Sigma = "s" }.Fit();
        double information = _x.Zip(sigma, (x, s) => x * x / (s * s)).Sum();
        Close(_x.Select((x, i) => x * y[i] / (sigma[i] * sigma[i])).Sum() / information, fit.Parameters[0].Estimate);
        Close(1 / Math.Sqrt(information), fit.Parameters[0].StandardError);
        Assert.Equal(1.959963984540054, fit.Parameters[0].Margin / fit.Parameters[0].StandardError, 2e-9);
        Assert.True(fit.NoiseIsKnown);
        Close(_x.Select((x, i) => Math.Pow((y[i] - (fit.Parameters[0].Estimate * x)) / sigma[i], 2)).Sum(), fit.ResidualSumOfSquares);
    }

    [Fact]
    public void A_parameter_at_its_bound_has_no_standard_error_and_counts_as_given()
    {
        double[] y = [.. _x.Select((x, i) => 2 + (3 * x) + (0.1 * _noise[i]))];
        RegressionFit bounded =
            new Regression("a + b*x", Data(y)) { Start = [("a", 0), ("b", 1)], Bounds = [("b", double.NegativeInfinity, 2.5)] }.Fit();
        Assert.Equal(2.5, bounded.Parameters[1].Estimate);
        Assert.Equal(ParameterState.AtBound, bounded.Parameters[1].State);
        Assert.True(double.IsNaN(bounded.Parameters[1].StandardError) && double.IsNaN(bounded.Correlation(0, 1)));
        Close(bounded.ResidualStandardDeviation / Math.Sqrt(12), bounded.Parameters[0].StandardError);

        RegressionFit given = new Regression("a + b*x", Data(y)) { Start = [("a", 0)], Fixed = [("b", 2.5)] }.Fit();
        Close(given.Parameters[0].Estimate, bounded.Parameters[0].Estimate);
        Assert.Equal(("b", 2.5, ParameterState.Fixed), (given.Parameters[1].Name, given.Parameters[1].Estimate, given.Parameters[1].State));
        Assert.Contains("\na = ", bounded.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\nb = 2.5 (at its bound)", bounded.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\nb = 2.5 (fixed)", given.ToString(), StringComparison.Ordinal);
        Assert.Equal(11, given.DegreesOfFreedom);
        Close(given.ResidualStandardDeviation, bounded.ResidualStandardDeviation);
        Assert.Equal(11, bounded.DegreesOfFreedom);
        DataColumns row = new([("x", [1.0])]);
        Close(
            bounded.Predict(row).StandardErrors[0] / bounded.ResidualStandardDeviation,
                given.Predict(row).StandardErrors[0] / given.ResidualStandardDeviation);
    }

    [Fact]
    public void Parameters_that_the_data_do_not_determine_are_told_apart()
    {
        double[] y = [.. _x.Select((x, i) => 2 + (3 * x) + _noise[i])];
        RegressionFit fit = new Regression("a + b*c*x", Data(y)) { Start = [("a", 1), ("b", 1), ("c", 2)] }.Fit();
        RegressionFit line = new Regression("a + b*x", Data(y)) { Start = [("a", 1), ("b", 1)] }.Fit();
        Assert.Equal(
            [ParameterState.Estimated, ParameterState.Undetermined,
                ParameterState.Undetermined], fit.Parameters.Select(parameter => parameter.State));
        Close(line.Parameters[0].Estimate, fit.Parameters[0].Estimate);
        Assert.Equal(
            line.Parameters[0].StandardError / line.ResidualStandardDeviation,
                fit.Parameters[0].StandardError / fit.ResidualStandardDeviation, 1e-9);
    }

    [Fact]
    public void A_left_side_transforms_what_is_fitted()
    {
        double[] y = [.. _x.Select((x, i) => Math.Exp(1 - (0.3 * x) + (0.01 * _noise[i])))];
        RegressionFit fit = new Regression(
            "log(y) = a - b*x", new DataColumns([("x", _x), ("y", y)])) { Start = [("a", 0), ("b", 0)] }.Fit();
        RegressionFit same = new Regression("a - b*x", Data([.. y.Select(v => Math.Log(v))])) { Start = [("a", 0), ("b", 0)] }.Fit();
        Assert.Equal("log(y)", fit.Problem.Response);
        Close(same.Parameters[1].Estimate, fit.Parameters[1].Estimate);
        Close(same.Parameters[1].StandardError, fit.Parameters[1].StandardError);
    }

    [Fact]
    public void As_many_parameters_as_rows_leave_no_standard_errors()
    {
        var data = new DataColumns([("y", [1.0, 3]), ("x", [0.0, 1])]);
        RegressionFit fit = new Regression("a + b*x", data) { Start = [("a", 0), ("b", 0)] }.Fit();
        Close(2, fit.Parameters[1].Estimate);
        Assert.True(double.IsNaN(fit.Parameters[1].StandardError) && double.IsNaN(fit.ResidualStandardDeviation));
        Assert.Equal((0, ParameterState.Estimated), (fit.DegreesOfFreedom, fit.Parameters[1].State));
    }

    [Fact]
    public void A_model_without_columns_is_a_mean()
    {
        RegressionFit fit = new Regression("m + 0*exp(2)", Data([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])) { Start = [("m", 0)] }.Fit();
        Close(6.5, fit.Parameters[0].Estimate);
        Close(Math.Sqrt(13.0 / 12), fit.Parameters[0].StandardError);
        Assert.Equal(3, fit.Predict(new DataColumns([("z", [1.0, 2, 3])])).Values.Count);
    }

    [Fact]
    public void A_model_that_is_not_finite_at_the_start_is_a_status()
    {
        RegressionFit fit = new Regression("a*log(x)", Data([.. _x])) { Start = [("a", 1)] }.Fit();
        Assert.Equal(SolveStatus.NonFinite, fit.Solution.Status);
        Assert.Equal((1, ParameterState.Estimated), (fit.Parameters[0].Estimate, fit.Parameters[0].State));
        Assert.True(double.IsNaN(fit.Parameters[0].StandardError));
    }

    internal static void Close(double expected, double actual) => Assert.Equal(expected, actual, 1e-7 * Math.Max(1e-3, Math.Abs(expected)));

    private static DataColumns Data(double[] y) => new([("y", y), ("x", _x)]);

    private static double[] Noise()
    {
        var noise = new double[_x.Length];
        new RandomStream(5, "regression").FillNormal<double>(noise);
        return noise;
    }
}
