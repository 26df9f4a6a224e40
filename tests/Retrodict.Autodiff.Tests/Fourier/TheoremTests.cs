using System.Numerics;

namespace Retrodict.Autodiff.Tests.Fourier;

/// <summary>What is known of Fourier transforms.</summary>
public class TheoremTests
{
    private const double Tolerance = 1e-13;

    public static TheoryData<int> Lengths => [1, 2, 3, 4, 5, 8, 15, 16, 31, 60, 67, 128, 169, 1000, 1009];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void The_inverse_undoes_the_transform(int n)
    {
        Complex[] x = Definitions.Random(3 * n * 2, n);
        AssertClose(x, Runs.Run<double>([3, n, 2], x, v => Value.InverseFft(Value.Fft(v, 1), 1)));
        AssertClose(x, Runs.Run<double>([3, n, 2], x, v => Value.Fft(Value.InverseFft(v))));
        Complex[] real = Definitions.Random(3 * n * 2, n, real: true);
        AssertClose(
            real, Runs.Run<double>([3, n, 2], real, v => ComplexValue.FromReal(Value.InverseRealFft(Value.RealFft(v.Real, 1), n, 1))));
        AssertClose(
            real, Runs.Run<double>(
                [3, n, 2], real, v => ComplexValue.FromReal(Value.InverseRealFft(Value.RealFft(v.Real, 0, 2, 1), n, 0, 2, 1))));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Energy_is_preserved(int n)
    {
        Complex[] x = Definitions.Random(n, n);
        Complex[] y = Runs.Run<double>(n, x, v => Value.Fft(v));
        Assert.Equal(1, Definitions.Norm(y) / (Math.Sqrt(n) * Definitions.Norm(x)), Tolerance);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_shift_turns_phases(int n)
    {
        int shift = n / 3;
        Complex[] x = Definitions.Random(n, n);
        Complex[] shifted = [.. x.Select((_, i) => x[(i + n - shift) % n])];
        Complex[] y = Runs.Run<double>(n, x, v => Value.Fft(v));
        AssertClose([.. y.Select((e, k) => e * Definitions.Root(-(long)k * shift, n))], Runs.Run<double>(n, shifted, v => Value.Fft(v)));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void The_transform_is_linear(int n)
    {
        (Complex[] x, Complex[] y) = (Definitions.Random(n, n), Definitions.Random(n, n + 1));
        var c = new Complex(0.7, -1.3);
        Complex[] sum = [.. x.Zip(y, (a, b) => (c * a) + b)];
        Complex[] expected =
            [.. Runs.Run<double>(n, x, v => Value.Fft(v)).Zip(Runs.Run<double>(n, y, v => Value.Fft(v)), (a, b) => (c * a) + b)];
        AssertClose(expected, Runs.Run<double>(n, sum, v => Value.Fft(v)));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Real_data_has_a_symmetric_spectrum_of_which_the_real_transform_is_half(int n)
    {
        Complex[] x = Definitions.Random(n, n, real: true);
        Complex[] whole = Runs.Run<double>(n, x, v => Value.Fft(v));
        Complex[] half = Runs.Run<double>(n, x, v => Value.RealFft(v.Real));
        AssertClose(whole, [.. whole.Select((_, k) => Complex.Conjugate(whole[(n - k) % n]))]);
        AssertClose(whole[..((n / 2) + 1)], half);
        Assert.Equal(0, half[0].Imaginary);
        Assert.True(n % 2 == 1 || half[n / 2].Imaginary == 0);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Known_transforms(int n)
    {
        var delta = new Complex[n];
        delta[^1] = 1;
        AssertClose([.. delta.Select((_, k) => Definitions.Root(k, n))], Runs.Run<double>(n, delta, v => Value.Fft(v)));
        var constant = new Complex[n];
        Array.Fill(constant, new Complex(2, -1));
        var peak = new Complex[n];
        peak[0] = n * constant[0];
        AssertClose(peak, Runs.Run<double>(n, constant, v => Value.Fft(v)));
        int frequency = n / 2;
        Complex[] wave = [.. delta.Select((_, j) => Definitions.Root((long)j * frequency, n))];
        var line = new Complex[n];
        line[frequency] = n;
        AssertClose(line, Runs.Run<double>(n, wave, v => Value.Fft(v)));
    }

    [Fact]
    public void Several_axes_are_one_after_another_and_the_last_named_is_halved()
    {
        Complex[] x = Definitions.Random(4 * 5 * 6, 1, real: true);
        Complex[] last = Definitions.Fourier(x, 20, 6, 1, -1);
        Complex[] both = Definitions.Fourier(last, 1, 4, 30, -1);
        AssertClose(both, Runs.Run<double>([4, 5, 6], x, v => Value.Fft(v, 0, 2)));
        AssertClose(both, Runs.Run<double>([4, 5, 6], x, v => Value.Fft(v, -1, 0)));
        AssertClose(
            Definitions.Along(both, 20, 6, 1, 4, (line, k) => line[k]), Runs.Run<double>([4, 5, 6], x, v => Value.RealFft(v.Real, 0, 2)));
        AssertClose(
            Definitions.Along(both, 1, 4, 30, 3, (line, k) => line[k]), Runs.Run<double>([4, 5, 6], x, v => Value.RealFft(v.Real, 2, 0)));
    }

    [Fact]
    public void A_product_of_spectra_is_a_circular_convolution()
    {
        const int N = 45;
        double[] x = [.. Definitions.Random(N, 1).Select(e => e.Real)];
        double[] h = [.. Definitions.Random(N, 2).Select(e => e.Real)];
        Function f = Function.Trace([("x", N), ("h", N)], v => [("y", Value.InverseRealFft(Value.RealFft(v[0]) * Value.RealFft(v[1]), N))]);
        double[] y = f.Compile<double>().Evaluate(x, h)[0];
        for (int i = 0; i < N; i++)
        {
            Assert.Equal(Enumerable.Range(0, N).Sum(j => x[j] * h[(i - j + N) % N]), y[i], 1e-13);
        }
    }

    [Fact]
    public void A_spectral_derivative_is_exact_for_a_smooth_periodic_function()
    {
        const int N = 48;
        double[] x = [.. Enumerable.Range(0, N).Select(j => 2 * Math.PI * j / N)];
        Value wave = Value.Constant(Value.RealFftFrequencies(N));
        Function derivative = Function.Trace(u => Value.InverseRealFft(Value.RealFft(u).TimesI() * wave, N), N);
        double[] du = derivative.Compile<double>().Evaluate([.. x.Select(t => Math.Exp(Math.Sin(t)))])[0];
        Assert.All(x.Zip(du), pair => Assert.Equal(Math.Cos(pair.First) * Math.Exp(Math.Sin(pair.First)), pair.Second, 1e-12));
    }

    [Fact]
    public void Frequencies_are_those_of_the_transforms()
    {
        Assert.Equal([0], Value.FftFrequencies(1));
        Assert.Equal([0, -1], Value.FftFrequencies(2));
        Assert.Equal([0, 1, 2, -2, -1], Value.FftFrequencies(5));
        Assert.Equal([0, 1, 2, -3, -2, -1], Value.FftFrequencies(6));
        Assert.Equal([0, 1, 2], Value.RealFftFrequencies(5));
        Assert.Equal([0, 1, 2, 3], Value.RealFftFrequencies(6));
        Assert.Throws<ArgumentOutOfRangeException>(() => Value.FftFrequencies(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Value.RealFftFrequencies(0));
    }

    [Fact]
    public void Misuse_is_an_error_that_says_why()
    {
        Throws("fft: axis 2 does not exist in [3, 4], which has 2 axes.", v => Value.Fft(v, 2).Real);
        Throws("fft: axis 1 of [3, 4] is named twice.", v => Value.Fft(v, 1, -1).Real);
        Throws("real fft: axis 0 of [3, 4] is named twice.", v => Value.RealFft(v.Real, 0, 0).Real);
        Throws("fourier: axis 0 of [0, 4] has length 0; it must be at least 1.", v => Value.Fft(v[..0], 0).Real);
        Throws("fft: a scalar has no axis to transform.", v => Value.Fft(v.Sum()).Real);
        Throws("inverse-real-fourier: a length of 8 needs 5 frequencies, but axis 1 of [3, 4] has 4.", v => Value.InverseRealFft(v, 8, 1));
        Throws("inverse-real-fourier: a length of 0 is not possible, but axis 1 of [3, 4] has 4.", v => Value.InverseRealFft(v, 0, 1));
        Throws("sine-cosine: axis 0 of [1, 4] has length 1; it must be at least 2.", v => Value.CosineTransform(v.Real[..1], 1, false, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Function.Trace(x => Value.SineTransform(x, 4, true), 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Function.Trace(x => Value.CosineTransform(x, 0, true), 3));

        static void Throws(string message, Func<ComplexValue, Value> body) => Assert.Equal(
            message, Assert.Throws<ShapeException>(() => Function.Trace(x => body(new ComplexValue(x, x)), [3, 4])).Message);
    }

    private static void AssertClose(Complex[] expected, Complex[] actual)
    {
        double error = (Definitions.Norm(expected.Zip(actual, (a, b) => a - b)) + (expected.Length - actual.Length)) / Math.Max(
            Definitions.Norm(expected), 1);
        Assert.True(error <= Tolerance, $"off by {error:E1}");
    }
}
