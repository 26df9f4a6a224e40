using Retrodict.Autodiff;

namespace Retrodict.Catalogue.Tests;

public sealed class OscillatorTests
{
    private const int Times = 64;

    private static readonly Plan<double> _forward = ProblemCatalogue.Oscillator.Forward.Compile<double>();

    [Fact]
    public void It_agrees_with_stepping()
    {
        DataSet data = ProblemCatalogue.Oscillator.Generate(Split.Test, 50);
        for (int s = 0; s < data.Count; s++)
        {
            double[] expected = Steps(data.Unknown(s).ToArray(), 8);
            for (int j = 0; j < Times; j++)
            {
                Assert.Equal(expected[j], data.CleanObservation(s)[j], 1e-13);
            }
        }
    }

    [Fact]
    public void It_is_the_motion_of_a_damped_oscillator()
    {
        DataSet data = ProblemCatalogue.Oscillator.Generate(Split.Test, 100);
        for (int s = 0; s < data.Count; s++)
        {
            double[] x = data.Unknown(s).ToArray();
            for (int j = 0; j < Times; j++)
            {
                Assert.Equal(Exact(x, 5.0 * j / 63), data.CleanObservation(s)[j], 2e-6);
            }
        }
    }

    /// <summary>Without damping, a step of the method of order 4 multiplies exp(i omega h) by 1 - i (omega h)^5 / 120 + O(h^6): the motion
    /// lags by omega^5 h^4 t / 120, so the error of q is that times the exact velocity over omega. This fixes the order, 4, and the number
    /// of steps.</summary>
    [Fact]
    public void Its_error_is_the_leading_one_of_a_method_of_order_four()
    {
        const double Step = 5.0 / 504;
        foreach (double k in new[] { 1.0, 2, 5 })
        {
            double omega = Math.Sqrt(k / 0.5);
            double[] x = [0.5, 0, k, 1, 0];
            double[] y = _forward.Evaluate(x)[0];
            double largest = Math.Pow(omega, 5) * Math.Pow(Step, 4) * 5 / 120;
            for (int j = 1; j < Times; j++)
            {
                double time = 5.0 * j / 63;
                double expected = largest * time / 5 * Math.Sin(omega * time);
                Assert.Equal(expected, y[j] - Math.Cos(omega * time), 0.05 * largest);
            }
        }
    }

    [Fact]
    public void More_steps_come_closer_with_the_fourth_power()
    {
        double[] x = [0.5, 0.7, 4, 1, -1];
        double Error(int between) => Steps(x, between).Select((q, j) => Math.Abs(q - Exact(x, 5.0 * j / 63))).Max();
        Assert.Equal(16, Error(4) / Error(8), 0.5);
        Assert.Equal(Error(8), _forward.Evaluate(x)[0].Select((q, j) => Math.Abs(q - Exact(x, 5.0 * j / 63))).Max(), 0.001 * Error(8));
    }

    /// <summary>Mass, damping and stiffness together scale out of the equation: along that ray, and only there, the observation
    /// stays.</summary>
    [Fact]
    public void Only_ratios_to_the_mass_are_seen()
    {
        double[] x = [0.8, 0.4, 2, 1.5, -0.5];
        double[] y = _forward.Evaluate(x)[0];
        double[] scaled = [2 * x[0], 2 * x[1], 2 * x[2], x[3], x[4]];
        AssertClose(y, _forward.Evaluate(scaled)[0], 1e-14);
        Assert.Equal(0, ProblemCatalogue.Oscillator.RecoveryError(x, scaled));

        Plan<double> derivative = ProblemCatalogue.Oscillator.Forward.Jvp().Compile<double>();
        AssertClose(new double[Times], derivative.Evaluate(x, [x[0], x[1], x[2], 0, 0])[1], 1e-13);
        Assert.True(derivative.Evaluate(x, [0, 0, 1, 0, 0])[1].Max(Math.Abs) > 0.1);
    }

    [Fact]
    public void The_motion_is_linear_in_the_initial_state()
    {
        double[] q = _forward.Evaluate([1, 0.3, 2, 1, 0])[0], v = _forward.Evaluate([1, 0.3, 2, 0, 1])[0];
        AssertClose(q.Zip(v, (a, b) => (1.7 * a) - (0.4 * b)).ToArray(), _forward.Evaluate([1, 0.3, 2, 1.7, -0.4])[0], 1e-14);
        Assert.Equal(1.7, _forward.Evaluate([1, 0.3, 2, 1.7, -0.4])[0][0]);
    }

    [Fact]
    public void Recovery_is_judged_on_the_ratios_and_the_initial_state()
    {
        var quantities = new double[4];
        ProblemCatalogue.Oscillator.Recover([0.5, 0.25, 3, -1, 2], quantities);
        Assert.Equal([0.5, 6, -1, 2], quantities);
        Assert.Equal(0.5 * Math.Sqrt(0.25 + 9), ProblemCatalogue.Oscillator.RecoveryError([0.5, 0.25, 3, -1, 2], [1, 0, 3, -1, 2]), 1e-15);
    }

    /// <summary>Means and variances of five independent uniform numbers, by five standard errors.</summary>
    [Fact]
    public void Unknowns_are_uniform_in_the_box_and_independent()
    {
        DataSet data = ProblemCatalogue.Oscillator.Generate(Split.Train);
        Box box = ProblemCatalogue.Oscillator.Bounds;
        double[][] standard = [.. Enumerable.Range(0, 5).Select(i => Enumerable.Range(0, data.Count)
            .Select(s => ((data.Unknown(s)[i] - box.Lower(i)) / (box.Upper(i) - box.Lower(i)) * Math.Sqrt(12)) - Math.Sqrt(3)).ToArray())];
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(0, standard[i].Average(), 5 / Math.Sqrt(data.Count));

            // The fourth moment of a standardized uniform number is 9/5.
            Assert.Equal(1, standard[i].Average(z => z * z), 5 * Math.Sqrt(0.8 / data.Count));
            for (int j = 0; j < i; j++)
            {
                Assert.Equal(0, standard[i].Zip(standard[j], (a, b) => a * b).Average(), 5 / Math.Sqrt(data.Count));
            }
        }
    }

    /// <summary>The classical Runge-Kutta method, a step at a time.</summary>
    private static double[] Steps(double[] x, int between)
    {
        double h = 5.0 / (63 * between);
        double Force(double q, double v) => -((x[1] * v) + (x[2] * q)) / x[0];
        (double q, double v) = (x[3], x[4]);
        var motion = new double[Times];
        for (int step = 0; step <= 63 * between; step++)
        {
            if (step % between == 0)
            {
                motion[step / between] = q;
            }

            (double q1, double v1) = (v, Force(q, v));
            (double q2, double v2) = (v + (h / 2 * v1), Force(q + (h / 2 * q1), v + (h / 2 * v1)));
            (double q3, double v3) = (v + (h / 2 * v2), Force(q + (h / 2 * q2), v + (h / 2 * v2)));
            (double q4, double v4) = (v + (h * v3), Force(q + (h * q3), v + (h * v3)));
            q += h / 6 * (q1 + (2 * q2) + (2 * q3) + q4);
            v += h / 6 * (v1 + (2 * v2) + (2 * v3) + v4);
        }

        return motion;
    }

    /// <summary>The underdamped solution; every oscillator of the box is, for c² is at most 1 and 4 k m at least 1.</summary>
    private static double Exact(double[] x, double time)
    {
        double decay = x[1] / (2 * x[0]);
        double squared = (x[2] / x[0]) - (decay * decay);
        double omega = Math.Sqrt(Math.Max(squared, 1e-12));
        return Math.Exp(-decay * time) * ((x[3] * Math.Cos(omega * time)) + ((x[4] + (decay * x[3])) / omega * Math.Sin(omega * time)));
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
