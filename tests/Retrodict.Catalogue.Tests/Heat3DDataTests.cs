using Retrodict.Randomness;

namespace Retrodict.Catalogue.Tests;

public sealed class Heat3DDataTests
{
    private const int Points = 512;

    [Fact]
    public void Every_unknown_spans_exactly_0_to_1()
    {
        DataSet data = ProblemCatalogue.Heat3D.Generate(Split.Validation);
        for (int i = 0; i < data.Count; i++)
        {
            double[] x = data.Unknown(i).ToArray();
            Assert.Equal((0.0, 1.0), (x.Min(), x.Max()));
        }
    }

    /// <summary>The documented order of draws: coefficients with the last axis fastest, center, widths, amplitude.</summary>
    [Fact]
    public void An_unknown_is_the_sum_of_modes_and_bump_of_its_stream()
    {
        DataSet data = ProblemCatalogue.Heat3D.Generate(Split.Test, 5);
        for (int s = 0; s < data.Count; s++)
        {
            RandomStream stream = new RandomStream(7, "heat-3d/test").At(s);
            double[] expected = Sample(
                stream.NextNormal,
                () => stream.NextUniform(0.3, 0.7),
                () => stream.NextUniform(0.10, 0.14),
                () => stream.NextUniform(0.02, 0.10));
            for (int i = 0; i < Points; i++)
            {
                Assert.Equal(expected[i], data.Unknown(s)[i], 1e-12);
            }
        }
    }

    /// <summary>Shipped means and deviations, of 4000 samples, against those of 2000 samples from another generator: five standard errors
    /// of the difference, the deviation's from the fourth moment. Bounded by 0 and 1, no point is heavy-tailed.</summary>
    [Fact]
    public void Shipped_moments_are_those_of_the_distribution_within_sampling_error()
    {
        const int Count = 2000;
        var random = new Random(1);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[][] samples = [.. Enumerable.Range(0, Count).Select(_ => Sample(
            Normal,
            () => 0.3 + (0.4 * random.NextDouble()),
            () => 0.10 + (0.04 * random.NextDouble()),
            () => 0.02 + (0.08 * random.NextDouble())))];
        ProblemStatistics statistics = ProblemCatalogue.Heat3D.Statistics;
        double independent = Math.Sqrt((1.0 / Count) + (1.0 / 4000));
        for (int i = 0; i < Points; i += 7)
        {
            double[] column = [.. samples.Select(sample => sample[i])];
            double mean = column.Average();
            double second = column.Average(x => Math.Pow(x - mean, 2)), fourth = column.Average(x => Math.Pow(x - mean, 4));
            double deviation = Math.Sqrt(second);
            Assert.Equal(mean, statistics.UnknownMean[i], 5 * deviation * independent);
            Assert.Equal(
                deviation, statistics.UnknownDeviation[i], 5 * Math.Sqrt(fourth - (second * second)) / (2 * deviation) * independent);
        }
    }

    [Fact]
    public void The_components_shipped_leave_less_than_the_noise_over_and_keep_the_variance()
    {
        ProblemStatistics statistics = ProblemCatalogue.Heat3D.Statistics;
        PrincipalComponents components = Assert.IsType<PrincipalComponents>(statistics.Components);
        Assert.InRange(Math.Sqrt(components.Remaining), 0, 0.0015 / 8);
        double total = statistics.UnknownDeviation.ToArray().Sum(deviation => deviation * deviation);
        double trace = Enumerable.Range(0, Points).Sum(i => statistics.UnknownCovariance[i * (Points + 1)]);
        Assert.Equal(total, trace, 1e-6 * total);
    }

    private static double[] Sample(Func<double> normal, Func<double> center, Func<double> width, Func<double> amplitude)
    {
        var coefficients = new double[3, 3, 3];
        for (int i = 0; i < 27; i++)
        {
            coefficients[i / 9, i / 3 % 3, i % 3] = normal() / (((i / 9) + 1) * ((i / 3 % 3) + 1) * ((i % 3) + 1));
        }

        double[] c = [center(), center(), center()], w = [width(), width(), width()];
        double a = amplitude();
        var x = new double[Points];
        for (int p = 0; p < Points; p++)
        {
            double[] s = [((p / 64) + 1) / 9.0, ((p / 8 % 8) + 1) / 9.0, ((p % 8) + 1) / 9.0];
            x[p] = a;
            for (int axis = 0; axis < 3; axis++)
            {
                x[p] *= Math.Exp(-(s[axis] - c[axis]) * (s[axis] - c[axis]) / (2 * w[axis] * w[axis]));
            }

            for (int i = 0; i < 27; i++)
            {
                x[p] += coefficients[i / 9, i / 3 % 3, i % 3] * Mode((i / 9) + 1, s[0]) * Mode(
                    (i / 3 % 3) + 1,
                    s[1]) * Mode((i % 3) + 1, s[2]);
            }
        }

        (double low, double high) = (x.Min(), x.Max());
        return Array.ConvertAll(x, value => (value - low) / (high - low));
    }

    /// <summary>A sine with unit 2-norm over the eight points.</summary>
    private static double Mode(int k, double s) => Math.Sin(Math.PI * k * s) / Math.Sqrt(4.5);
}
