using Retrodict.Data;
using Retrodict.Randomness;

namespace Retrodict.Tests.Regressions;

public sealed class RobustRegressionTests
{
    [Fact]
    public void Location_with_known_noise_is_as_computed_by_hand()
    {
        // Σ ψ = (-1 - m) + (0 - m) + (1 - m) + 2 = 0 at m = 2/3, where the last row alone is beyond c = 2.
        RegressionFit fit = Location([-1, 0, 1, 10], new HuberLoss(2), [1, 1, 1, 1]).Fit();
        Assert.Equal(2.0 / 3, fit.Parameters[0].Estimate, 1e-9);
        double squares = (25.0 / 9) + (4.0 / 9) + (1.0 / 9) + 4;
        double correction = 1 + (1.0 / 4 * (3.0 / 16) / (9.0 / 16));
        double variance = correction * correction * (squares / 3) / (9.0 / 16) / 4;
        Assert.Equal(Math.Sqrt(variance), fit.Parameters[0].StandardError, 1e-8);
        Assert.Equal((25.0 / 9) + (4.0 / 9) + (1.0 / 9) + (28.0 * 28 / 9), fit.ResidualSumOfSquares, 1e-7);
        Assert.True(fit.IsRobust);
        Assert.True(double.IsNaN(fit.NoiseEstimate));
    }

    [Fact]
    public void Without_outliers_a_loss_of_large_scale_is_least_squares()
    {
        RegressionFit plain = Location([1, 2, 4, 7], null, null).Fit();
        RegressionFit robust = Location([1, 2, 4, 7], new HuberLoss(1e3), null).Fit();
        Assert.Equal(plain.Parameters[0].Estimate, robust.Parameters[0].Estimate, 1e-9);
        Assert.Equal(plain.Parameters[0].StandardError, robust.Parameters[0].StandardError, 1e-8);
        Assert.Equal(plain.Parameters[0].Margin, robust.Parameters[0].Margin, 1e-7);
        Assert.Equal(plain.ResidualSumOfSquares, robust.ResidualSumOfSquares, 1e-7);
    }

    [Fact]
    public void The_noise_is_the_median_absolute_residual_of_the_fit_that_it_leads_to()
    {
        double[] y = [0.1, -0.4, 0.3, 1.1, -0.9, 0.2, 25, 0.6, -0.2];
        double location = y.Average(), noise = 0;
        for (int round = 0; round < 200; round++)
        {
            noise = 1.4826 * y.Select(value => Math.Abs(value - location)).Order().ElementAt(y.Length / 2);
            location = HuberLocation(y, 1.345 * noise);
        }

        RegressionFit fit = Location(y, new HuberLoss(), null).Fit();
        Assert.Equal(noise, fit.NoiseEstimate, 1e-6);
        Assert.Equal(location, fit.Parameters[0].Estimate, 1e-6);
        Assert.Equal(y.Sum(value => (value - location) * (value - location)), fit.ResidualSumOfSquares, 1e-4);

        // One gross outlier among nine: the others' own deviation is 0.6, the median absolute one of all nine 0.59 at most.
        Assert.InRange(fit.NoiseEstimate, 0.3, 0.8);
    }

    [Fact]
    public void Units_do_not_matter()
    {
        double[] y = [0.1, -0.4, 0.3, 1.1, -0.9, 0.2, 25, 0.6, -0.2];
        ParameterEstimate one = Location(y, new CauchyLoss(), null).Fit().Parameters[0];
        ParameterEstimate many = Location([.. y.Select(value => 1e6 * value)], new CauchyLoss(), null).Fit().Parameters[0];
        Assert.Equal(one.Estimate, many.Estimate / 1e6, 1e-7);
        Assert.Equal(one.StandardError, many.StandardError / 1e6, 1e-7);
    }

    [Fact]
    public void Rows_that_are_met_exactly_leave_no_noise_to_measure_in()
    {
        RegressionFit fit = Location([3, 3, 3], new HuberLoss(), null).Fit();
        Assert.Equal((0.0, false), (fit.NoiseEstimate, fit.IsRobust));
        Assert.Equal(3, fit.Parameters[0].Estimate, 1e-14);
    }

    [Fact]
    public void A_fit_that_did_not_end_is_not_robust()
    {
        RegressionFit fit = Location([1, 2, 4, 7], new HuberLoss(), null).Fit(cancellation: new CancellationToken(canceled: true));
        Assert.Equal((SolveStatus.Cancelled, false), (fit.Solution.Status, fit.IsRobust));
        Assert.True(double.IsNaN(fit.NoiseEstimate));
    }

    [Fact]
    public void Standard_errors_are_the_scatter_of_estimates()
    {
        // A tenth of the rows has ten times the noise. The scatter over 400 samples is known to 3.5 %.
        const int Samples = 400;
        const int Rows = 60;
        double[] x = [.. Enumerable.Range(0, Rows).Select(i => i / 10.0)];
        double[] errors = new double[2], plainErrors = new double[2];
        var estimates = new List<double>[] { [], [] };
        var plain = new List<double>[] { [], [] };
        var stream = new RandomStream(3, "robust-regression");
        for (int sample = 0; sample < Samples; sample++)
        {
            RandomStream own = stream.At(sample);
            double[] y = [.. x.Select(t => 1 + (0.5 * t) + (0.2 * (own.NextInt(10) == 0 ? 10 : 1) * own.NextNormal()))];
            Regression regression = new("a + b*x", new DataColumns([("y", y), ("x", x)])) { Start = [("a", 0), ("b", 0)] };
            RegressionFit fit = (regression with { Loss = new HuberLoss() }).Fit();
            RegressionFit squares = regression.Fit();
            for (int i = 0; i < 2; i++)
            {
                estimates[i].Add(fit.Parameters[i].Estimate);
                plain[i].Add(squares.Parameters[i].Estimate);
                errors[i] += fit.Parameters[i].StandardError / Samples;
                plainErrors[i] += squares.Parameters[i].StandardError / Samples;
            }
        }

        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(1, errors[i] / Scatter(estimates[i]), 0.12);
            Assert.True(Scatter(estimates[i]) < 0.6 * Scatter(plain[i]), $"{Scatter(estimates[i])} {Scatter(plain[i])}");
        }
    }

    private static double Scatter(List<double> values) =>
        Math.Sqrt(values.Sum(value => (value - values.Average()) * (value - values.Average())) / (values.Count - 1));

    private static Regression Location(double[] y, RobustLoss? loss, double[]? sigma) =>
        new("m", new DataColumns([("y", y), ("s", sigma ?? y)]))
    {
        Start = [("m", 0)],
        Loss = loss,
        Sigma = sigma is null ? null : "s",
    };

    /// <summary>The zero of Σ ψ by bisection.</summary>
    private static double HuberLocation(double[] y, double c)
    {
        double low = y.Min(), high = y.Max();
        for (int i = 0; i < 200; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = y.Sum(value => Math.Clamp(value - middle, -c, c)) > 0 ? (middle, high) : (low, middle);
        }

        return low;
    }
}
