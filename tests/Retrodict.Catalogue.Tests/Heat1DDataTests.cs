namespace Retrodict.Catalogue.Tests;

public sealed class Heat1DDataTests
{
    private const int Size = 64;

    [Fact]
    public void Every_unknown_spans_exactly_0_to_1()
    {
        DataSet data = Problems.Heat1DTraining;
        for (int i = 0; i < data.Count; i++)
        {
            double[] x = data.Unknown(i).ToArray();
            Assert.Equal(0.0, x.Min());
            Assert.Equal(1.0, x.Max());
        }
    }

    /// <summary>Moved and scaled, an unknown is still a sum of ten modes and a constant; the constant's own sine coefficients are
    /// subtracted with it.</summary>
    [Fact]
    public void Unknowns_are_ten_sine_modes_up_to_shift_and_scale()
    {
        DataSet data = ProblemCatalogue.Heat1D.Generate(Split.Validation, 20);
        double[] constant = Coefficients(Enumerable.Repeat(1.0, Size).ToArray());
        for (int s = 0; s < data.Count; s++)
        {
            double[] coefficients = Coefficients(data.Unknown(s).ToArray());
            double shift = coefficients[10] / constant[10];
            for (int k = 11; k <= Size; k++)
            {
                Assert.Equal(shift * constant[k - 1], coefficients[k - 1], 1e-13);
            }
        }
    }

    /// <summary>Before the scaling a coefficient's standard deviation is sqrt(1 + 1/16) for the first mode and 1/k for the others; the
    /// scale of a sample drops out of ratios of coefficients, and the median of |a/b| is s_a/s_b for independent normal a and b.</summary>
    [Fact]
    public void Modes_have_the_weights_of_the_definition()
    {
        DataSet data = Problems.Heat1DTraining;
        double[] constant = Coefficients(Enumerable.Repeat(1.0, Size).ToArray());
        double[][] ratios = [.. Enumerable.Range(0, 10).Select(_ => new double[data.Count])];
        for (int s = 0; s < data.Count; s++)
        {
            double[] coefficients = Coefficients(data.Unknown(s).ToArray());
            double shift = coefficients[10] / constant[10];
            for (int k = 0; k < 10; k++)
            {
                ratios[k][s] = Math.Abs((coefficients[k] - (shift * constant[k])) / (coefficients[1] - (shift * constant[1])));
            }
        }

        for (int k = 0; k < 10; k++)
        {
            Array.Sort(ratios[k]);
            double expected = (k == 0 ? Math.Sqrt(1.0625) : 1.0 / (k + 1)) / 0.5;

            // The median of N Cauchy ratios has the relative standard error pi / (2 sqrt(N)).
            Assert.Equal(1, ratios[k][data.Count / 2] / expected, 5 * Math.PI / 2 / Math.Sqrt(data.Count));
        }
    }

    [Fact]
    public void Unknowns_have_the_published_moments_within_sampling_error()
        => AssertSameMoments(Problems.Heat1DTraining.X, Published.Load("x_mean"), Published.Load("x_std"));

    [Fact]
    public void Observations_have_the_published_moments_within_sampling_error()
        => AssertSameMoments(Problems.Heat1DTraining.YClean, Published.Load("y_mean"), Published.Load("y_std"));

    /// <summary>Random integers are the same everywhere, sines up to rounding.</summary>
    [Fact]
    public void The_first_numbers_are_fixed()
    {
        DataSet data = ProblemCatalogue.Heat1D.Generate(Split.Test, 2);
        AssertFirst([0.13312326140741507, 0.3553651538702056, 0.5403252077752136, 0.6766174262221794], data.Unknown(0));
        AssertFirst([0.5247696235003962, 0.5296583888142014, 0.5309700969531901, 0.5263259173626894], data.Unknown(1));
        AssertFirst([0.07226705832080828, 0.13173646421866858, 0.19573018903568168, 0.25756615860834836], data.CleanObservation(0));
        AssertFirst([0.075931843609047, 0.12171522189873102, 0.2024314525658294, 0.25615847732972397], data.Observation(0));
    }

    private static void AssertFirst(double[] expected, ReadOnlySpan<double> actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-12);
        }
    }

    /// <summary>Two samples of 4000, compared by five standard errors; the standard error of a deviation comes from the fourth
    /// moment.</summary>
    private static void AssertSameMoments(ReadOnlySpan<double> rows, double[] publishedMean, double[] publishedDeviation)
    {
        int count = rows.Length / Size;
        for (int j = 0; j < Size; j++)
        {
            double mean = 0;
            for (int s = 0; s < count; s++)
            {
                mean += rows[(s * Size) + j] / count;
            }

            (double second, double fourth) = (0, 0);
            for (int s = 0; s < count; s++)
            {
                double square = Math.Pow(rows[(s * Size) + j] - mean, 2);
                second += square / (count - 1);
                fourth += square * square / count;
            }

            double deviation = Math.Sqrt(second);
            double deviationError = Math.Sqrt((fourth - (second * second)) / count) / (2 * deviation);
            Assert.Equal(publishedMean[j], mean, 5 * Math.Sqrt(2) * deviation / Math.Sqrt(count));
            Assert.Equal(publishedDeviation[j], deviation, 5 * Math.Sqrt(2) * deviationError);
        }
    }

    private static double[] Coefficients(double[] x) =>
        [
            .. Enumerable.Range(1, Size).Select(
                k => x.Select((value, i) => value * Math.Sqrt(2.0 / 65) * Math.Sin(Math.PI * k * (i + 1) / 65.0)).Sum()),
        ];
}
