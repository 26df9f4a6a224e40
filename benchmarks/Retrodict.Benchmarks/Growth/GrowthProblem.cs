using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Benchmarks;

/// <summary>
/// heat-1d's cooling and sensor on a ring, at any number of unknowns: with s_i = i / n, the Fourier mode k of the initial temperature is
/// multiplied by exp(-kappa (2 pi k)² T), and y = u + 0.18 u³ + 0.08 sin(3 u) is measured in every point. Dimensionless.
/// <para>
/// The measurement's noise has the same density at every n, so its standard deviation in a point grows as sqrt(n), and the prior is half an
/// integral of the squared derivative: a finer grid is the same problem with more unknowns.
/// </para>
/// </summary>
internal static class GrowthProblem
{
    private const double Conductivity = 0.18;

    // Mode k of the ring, as long as 2k half waves, decays as heat-1d's mode k.
    private const double Time = 0.02;

    private const double NoiseAt64 = 0.01;
    private const double PriorWeight = 0.1;
    private const int Modes = 10;

    /// <summary>The problem with n unknowns.</summary>
    public static InverseProblem Create(int n) => new(x => Respond(Cool(x, n)), n)
    {
        Noise = Deviation(n),
        Prior = new TikhonovPrior(n, order: 1) { Spacing = 1.0 / n, Boundary = GridBoundary.Periodic }.Weighted(PriorWeight),
    };

    /// <summary>A measurement of one fixed sum of ten modes; its cooled state is exact, not computed with the model.</summary>
    public static double[] Observe(int n)
    {
        var stream = new RandomStream(7, "growth");
        (double Amplitude, double Phase)[] modes =
            [.. Enumerable.Range(1, Modes).Select(k => (0.5 * stream.NextNormal() / k, stream.NextUniform(0, 2 * Math.PI)))];
        RandomStream noise = stream.Child("noise");
        var y = new double[n];
        for (int i = 0; i < n; i++)
        {
            double u = 0.5;
            for (int k = 1; k <= Modes; k++)
            {
                u += Decay(k) * modes[k - 1].Amplitude * Math.Sin((2 * Math.PI * k * i / n) + modes[k - 1].Phase);
            }

            y[i] = u + (0.18 * u * u * u) + (0.08 * Math.Sin(3 * u)) + (Deviation(n) * noise.NextNormal());
        }

        return y;
    }

    private static Value Cool(Value x, int n)
    {
        double[] decay = [.. Enumerable.Range(0, (n / 2) + 1).Select(Decay)];
        return Value.InverseRealFft(Value.RealFft(x) * Value.Constant(decay), n);
    }

    private static Value Respond(Value u) => u + (0.18 * (u * u * u)) + (0.08 * Value.Sin(3 * u));

    private static double Decay(int k) => Math.Exp(-Conductivity * Math.Pow(2 * Math.PI * k, 2) * Time);

    private static double Deviation(int n) => NoiseAt64 * Math.Sqrt(n / 64.0);
}
