using Retrodict.Autodiff;
using static Retrodict.Autodiff.Value;

namespace Retrodict.Catalogue.Tests;

public sealed class Heat1DExplicitTests
{
    private const int Size = 64;

    private static readonly Plan<double> _forward = ProblemCatalogue.Heat1DExplicit.Forward.Compile<double>();

    /// <summary>The second difference of sin(pi k i / 65) is -4 sin²(pi k / 130) times it, and Euler's method multiplies by 1 + 0.45 times
    /// that a step.</summary>
    [Fact]
    public void Sine_modes_decay_at_the_rates_of_eulers_method()
    {
        for (int k = 1; k <= Size; k++)
        {
            double[] mode = Mode(k);
            double[] after = _forward.Evaluate(mode)[0];
            double decay = Math.Pow(1 - (4 * 0.45 * Math.Pow(Math.Sin(Math.PI * k / 130), 2)), 200);
            for (int i = 0; i < Size; i++)
            {
                Assert.Equal(decay * mode[i], after[i], 1e-13);
            }
        }
    }

    [Fact]
    public void The_product_with_the_matrix_is_the_two_hundred_steps()
    {
        Plan<double> stepping = Function.Trace(
            [("x", Size)],
            inputs => [("y", Repeat(200, inputs[0], u => u + (0.45 * (u[1..].Pad(0, 0, 1) - (2 * u) + u[..^1].Pad(0, 1, 0)))))],
            "stepping").Compile<double>();
        DataSet data = ProblemCatalogue.Heat1DExplicit.Generate(Split.Test, 50);
        for (int s = 0; s < data.Count; s++)
        {
            double[] expected = stepping.Evaluate(data.Unknown(s).ToArray())[0];
            for (int i = 0; i < Size; i++)
            {
                Assert.Equal(expected[i], data.CleanObservation(s)[i], 1e-13);
            }
        }
    }

    /// <summary>The heat equation itself, whose modes decay by exp(-(pi k)² t), t = 200 * 0.45 / 65²: the first of them closely, later
    /// ones less.</summary>
    [Fact]
    public void The_first_modes_follow_the_heat_equation()
    {
        double time = 200 * 0.45 / (65.0 * 65.0);
        for (int k = 1; k <= 3; k++)
        {
            double decay = Math.Exp(-Math.Pow(Math.PI * k, 2) * time);
            Assert.Equal(decay, _forward.Evaluate(Mode(k))[0][10] / Mode(k)[10], 0.01 * decay);
        }
    }

    [Fact]
    public void Cooling_makes_no_new_extremes()
    {
        foreach (double y in ProblemCatalogue.Heat1DExplicit.Generate(Split.Validation).YClean)
        {
            Assert.InRange(y, -3, 3);
        }
    }

    /// <summary>At a point s the sum is normal with variance 0.25 times the sum of sin²(k pi s), which is then clipped at 3; means and
    /// variances of 5000 samples by five standard errors, variances of bounded numbers by those of a normal distribution, which are
    /// larger.</summary>
    [Fact]
    public void Unknowns_are_clipped_normal_sums()
    {
        DataSet data = ProblemCatalogue.Heat1DExplicit.Generate(Split.Train);
        for (int i = 0; i < Size; i++)
        {
            double variance = 0.25 * Enumerable.Range(1, 12).Sum(k => Math.Pow(Math.Sin(k * Math.PI * (i + 1) / 65), 2));
            double clipped = ClippedVariance(Math.Sqrt(variance), 3);
            double[] column = [.. Enumerable.Range(0, data.Count).Select(s => data.Unknown(s)[i])];
            Assert.Equal(0, column.Average(), 5 * Math.Sqrt(clipped / data.Count));
            Assert.Equal(1, column.Average(x => x * x) / clipped, 5 * Math.Sqrt(2.0 / data.Count));
        }
    }

    [Fact]
    public void Neighboring_points_vary_together_as_sums_of_sines_do()
    {
        // Near the end s = 0 nothing is clipped.
        DataSet data = ProblemCatalogue.Heat1DExplicit.Generate(Split.Train);
        double expected = 0.25 * Enumerable.Range(1, 12).Sum(k => Math.Sin(k * Math.PI / 65) * Math.Sin(k * Math.PI * 2 / 65));
        double actual = Enumerable.Range(0, data.Count).Average(s => data.Unknown(s)[0] * data.Unknown(s)[1]);
        Assert.Equal(1, actual / expected, 5 * Math.Sqrt(2.0 / data.Count));
    }

    [Fact]
    public void Some_unknowns_touch_the_limits_and_none_exceeds_them()
    {
        double[] x = ProblemCatalogue.Heat1DExplicit.Generate(Split.Train).X.ToArray();
        Assert.Equal((-3.0, 3.0), (x.Min(), x.Max()));
        Assert.InRange(x.Count(value => Math.Abs(value) == 3) / (double)x.Length, 0.005, 0.03);
    }

    /// <summary>The variance of min(max(s z, -a), a), z standard normal, by Simpson's rule.</summary>
    private static double ClippedVariance(double s, double a)
    {
        const int Intervals = 20000;
        double sum = 0, width = 20.0 / Intervals;
        for (int i = 0; i <= Intervals; i++)
        {
            double z = -10 + (i * width), value = Math.Clamp(s * z, -a, a);
            sum += (i is 0 or Intervals ? 1 : i % 2 == 1 ? 4 : 2) * value * value * Math.Exp(-z * z / 2);
        }

        return sum * width / 3 / Math.Sqrt(2 * Math.PI);
    }

    private static double[] Mode(int k) => [.. Enumerable.Range(1, Size).Select(i => Math.Sin(Math.PI * k * i / 65.0))];
}
