using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Catalogue.Tests;

public sealed class Heat1DForwardTests
{
    private const int Size = 64;

    private static readonly Plan<double> _forward = ProblemCatalogue.Heat1D.Forward.Compile<double>();

    [Fact]
    public void It_agrees_with_plain_loops()
    {
        DataSet data = ProblemCatalogue.Heat1D.Generate(Split.Test, 10);
        for (int s = 0; s < data.Count; s++)
        {
            double[] expected = Loops(data.Unknown(s));
            for (int i = 0; i < Size; i++)
            {
                Assert.Equal(expected[i], data.CleanObservation(s)[i], 1e-13);
            }
        }
    }

    /// <summary>At x = 0 the response has the slope 1 + 0.08 * 3, and a mixed sine mode is, away from the ends, the mode times (1 + 0.2
    /// cos(pi k / 65)) / 1.2.</summary>
    [Fact]
    public void Sine_modes_cool_at_the_rates_of_the_heat_equation()
    {
        Plan<double> derivative = ProblemCatalogue.Heat1D.Forward.Jvp().Compile<double>();
        for (int k = 1; k <= Size; k++)
        {
            double[] mode = Mode(k);
            double[] response = derivative.Evaluate(new double[Size], mode)[1];
            double decay = Math.Exp(-0.18 * Math.Pow(Math.PI * k, 2) * 0.08);
            double neighbors = 0.2 * Math.Cos(Math.PI * k / 65);
            for (int i = 0; i < Size; i++)
            {
                double mixed = i is 0 or Size - 1 ? (1 + neighbors) / 1.1 : (1 + neighbors) / 1.2;
                Assert.Equal(1.24 * decay * mixed * mode[i], response[i], 1e-14);
            }
        }
    }

    /// <summary>The rows of the mixing sum to 1 and cooling only ever spreads heat: hot stays below the hottest, and no response leaves [0,
    /// G(1)].</summary>
    [Fact]
    public void Cooling_makes_no_new_extremes()
    {
        DataSet data = ProblemCatalogue.Heat1D.Generate(Split.Test);
        foreach (double y in data.YClean)
        {
            Assert.InRange(y, 0, Response(1));
        }
    }

    [Fact]
    public void Undone_the_response_the_model_is_linear()
    {
        double[] x = Normal(0), w = Normal(1);
        double[] sum = x.Zip(w, (a, b) => (0.7 * a) - (1.3 * b)).ToArray();
        double[] zx = Undo(_forward.Evaluate(x)[0]), zw = Undo(_forward.Evaluate(w)[0]), zsum = Undo(_forward.Evaluate(sum)[0]);
        for (int i = 0; i < Size; i++)
        {
            Assert.Equal((0.7 * zx[i]) - (1.3 * zw[i]), zsum[i], 1e-13);
        }
    }

    /// <summary>Noise of 0.01 lies between the published truth, pushed through F, and the published observation.</summary>
    [Fact]
    public void Published_observations_differ_from_those_of_the_published_truth_by_the_noise()
    {
        double[] x = Published.Load("x_test"), y = Published.Load("y_test");
        double squares = 0;
        for (int s = 0; s < 5; s++)
        {
            double[] clean = _forward.Evaluate(x[(s * Size)..((s + 1) * Size)])[0];
            for (int i = 0; i < Size; i++)
            {
                double noise = y[(s * Size) + i] - clean[i];
                Assert.InRange(noise, -0.06, 0.06);
                squares += noise * noise;
            }
        }

        // Five standard errors of a standard deviation from 320 numbers.
        Assert.Equal(0.01, Math.Sqrt(squares / 320), 5 * 0.01 / Math.Sqrt(640));
    }

    [Fact]
    public void Cooling_and_mixing_are_one_matrix_product()
        => Assert.Single(
            ProblemCatalogue.Heat1D.Forward.Simplify().ToString().Split('\n'), line => line.Contains("contract", StringComparison.Ordinal));

    private static double[] Loops(ReadOnlySpan<double> x)
    {
        var cooled = new double[Size + 2];
        for (int k = 1; k <= Size; k++)
        {
            double coefficient = 0;
            for (int i = 1; i <= Size; i++)
            {
                coefficient += x[i - 1] * Math.Sin(Math.PI * k * i / 65.0);
            }

            coefficient *= 2.0 / 65.0 * Math.Exp(-0.18 * 0.08 * Math.PI * Math.PI * k * k);
            for (int i = 1; i <= Size; i++)
            {
                cooled[i] += coefficient * Math.Sin(Math.PI * k * i / 65.0);
            }
        }

        var y = new double[Size];
        for (int i = 1; i <= Size; i++)
        {
            y[i - 1] = Response((cooled[i] + (0.1 * (cooled[i - 1] + cooled[i + 1]))) / (i is 1 or Size ? 1.1 : 1.2));
        }

        return y;
    }

    private static double Response(double z) => z + (0.18 * z * z * z) + (0.08 * Math.Sin(3 * z));

    /// <summary>Newton's method; the slope of the response is never below 0.7.</summary>
    private static double[] Undo(double[] y) => Array.ConvertAll(y, value =>
    {
        double z = value;
        for (int i = 0; i < 50; i++)
        {
            z -= (Response(z) - value) / (1 + (0.54 * z * z) + (0.24 * Math.Cos(3 * z)));
        }

        return z;
    });

    private static double[] Mode(int k) => [.. Enumerable.Range(1, Size).Select(i => Math.Sin(Math.PI * k * i / 65.0))];

    private static double[] Normal(int index)
    {
        var values = new double[Size];
        new RandomStream(3).At(index).FillNormal(values.AsSpan());
        return values;
    }
}
