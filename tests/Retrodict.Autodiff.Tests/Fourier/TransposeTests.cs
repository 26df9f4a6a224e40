using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Fourier;

/// <summary>
/// Transposes: adjoint identities for many lengths, and the weights at the zero and Nyquist frequencies written out by hand.
/// </summary>
public class TransposeTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(1, 40), 67, 97, 128, 360, 1009];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Reverse_mode_is_the_adjoint(int n)
    {
        int half = (n / 2) + 1;
        Shape whole = [2, n, 3];
        Shape halved = [2, half, 3];
        Check([whole, whole], v => Parts(Value.Fft(new ComplexValue(v[0], v[1]), 1)));
        Check([whole, whole], v => Parts(Value.InverseFft(new ComplexValue(v[0], v[1]), 1)));
        Check([whole], v => Parts(Value.RealFft(v[0], 1)));
        Check([whole], v => Parts(Value.RealFft(v[0], 2, 0, 1)));
        Check([halved, halved], v => [("y", Value.InverseRealFft(new ComplexValue(v[0], v[1]), n, 1))]);
        Check([halved, halved], v => [("y", Value.InverseRealFft(new ComplexValue(v[0], v[1]), n, 0, 2, 1))]);
        for (int type = 1; type <= 3; type++)
        {
            Check([whole], v => [("y", Value.SineTransform(v[0], type, type == 1, 1))]);
            if (n > 1)
            {
                Check([whole], v => [("y", Value.CosineTransform(v[0], type, type == 1, 1))]);
            }
        }
    }

    [Fact]
    public void The_transposed_real_transform_halves_what_the_inverse_doubles()
    {
        // Even: x.cotangent_j = sum_k Re(u_k exp(2 pi i j k / 4)), each k once.
        Equal([1 + 10 + 100, 1 - 20 - 100, 1 - 10 + 100, 1 + 20 - 100], Reverse(4, [1, 10, 100], [7, 20, 7]));

        // Odd: no Nyquist frequency.
        (double c, double s) = (-0.5, Math.Sqrt(3) / 2);
        Equal([1 + 10, 1 + (10 * c) - (20 * s), 1 + (10 * c) + (20 * s)], Reverse(3, [1, 10], [7, 20]));
        Equal([1 + 10, 1 - 10], Reverse(2, [1, 10], [7, 7]));
        Equal([1], Reverse(1, [1], [7]));

        static double[] Reverse(int n, double[] re, double[] im) =>
            Numbers.Run(Function.Trace([("x", n)], v => Parts(Value.RealFft(v[0]))).Vjp(), new double[n], re, im)[2];
    }

    [Fact]
    public void The_transposed_inverse_doubles_all_but_the_zero_and_the_nyquist_frequency()
    {
        // Even: (1, 2, 2, 1)/4 in general; impossible imaginary parts get no cotangent.
        double[][] even = Reverse(4, [1, 10, 100, 1000]);
        Equal([1111 / 4.0, 2 * (1 - 100) / 4.0, (1 - 10 + 100 - 1000) / 4.0], even[1]);
        Equal([0, 2 * (-10 + 1000) / 4.0, 0], even[2]);
        double[][] odd = Reverse(3, [1, 10, 100]);
        (double c, double s) = (-0.5, Math.Sqrt(3) / 2);
        Equal([111 / 3.0, 2 * (1 + (110 * c)) / 3], odd[1]);
        Equal([0, 2 * s * (-10 + 100) / 3], odd[2]);
        double[][] two = Reverse(2, [1, 10]);
        Equal([11 / 2.0, -9 / 2.0], two[1]);
        Assert.Equal([0, 0], two[2]);
        double[][] one = Reverse(1, [3]);
        Assert.Equal([3], one[1]);
        Assert.Equal([0], one[2]);

        static double[][] Reverse(int n, double[] u)
        {
            Function f = Function.Trace(
                [("re", (n / 2) + 1), ("im", (n / 2) + 1)], v => [("y", Value.InverseRealFft(new ComplexValue(v[0], v[1]), n))]);
            return Numbers.Run(f.Vjp(), new double[(n / 2) + 1], new double[(n / 2) + 1], u);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(67)]
    [InlineData(64)]
    public void Imaginary_parts_that_real_data_cannot_have_are_not_read(int n)
    {
        int half = (n / 2) + 1;
        Function f = Function.Trace([("re", half), ("im", half)], v => [("y", Value.InverseRealFft(new ComplexValue(v[0], v[1]), n))]);
        double[] re = Programs(half, 1);
        double[] im = Programs(half, 2);
        double[] expected = Numbers.Run(f, re, im)[0];
        im[0] = double.NaN;
        if (n % 2 == 0)
        {
            im[^1] = double.PositiveInfinity;
        }

        Assert.Equal(expected, Numbers.Run(f, re, im)[0]);
    }

    [Fact]
    public void Transposes_of_transposes_are_the_same_program()
    {
        Function f = Function.Trace([("x", 10)], v => Parts(Value.RealFft(v[0])));
        Function twice = f.Transpose().Transpose();
        Assert.Equal(f.Simplify().ToString().Split('\n')[1], twice.Simplify().ToString().Split('\n')[1]);
    }

    [Fact]
    public void Transforms_of_constants_are_computed_once()
    {
        Value filter = Value.Constant([.. Enumerable.Range(0, 8).Select(i => 1.0 / (1 + i))]);
        Function f = Function.Trace(x => Value.InverseRealFft(Value.RealFft(x) * Value.RealFft(filter), 8), 8);
        Assert.Equal(1, f.Simplify().ToString().Split('\n').Count(line => line.Contains("= real-fourier", StringComparison.Ordinal)));
        double[] x = Programs(8, 3);
        double[] expected = f.Compile<double>(Numbers.AsWritten).Evaluate([x])[0];
        Numbers.AssertClose("folded", expected, f.Compile<double>().Evaluate([x])[0], 1e-15);
        Function part = Function.Trace(x => x * Value.Fft(ComplexValue.FromReal(filter)).Imaginary, 8);
        Assert.DoesNotContain("fourier", part.Simplify().ToString(), StringComparison.Ordinal);
        Numbers.AssertClose(
            "part", part.Compile<double>(Numbers.AsWritten).Evaluate([x])[0], part.Compile<double>().Evaluate([x])[0], 1e-15);
    }

    private static double[] Programs(int count, int seed) => Domain.Plain.Sample(new Random(seed), count);

    private static (string, Value)[] Parts(ComplexValue y) => [("re", y.Real), ("im", y.Imaginary)];

    private static void Check(Shape[] shapes, Func<ValueList, (string, Value)[]> body)
    {
        Function f = Function.Trace([.. shapes.Select((shape, i) => ($"x{i}", shape))], v => body(v));
        AdjointLaw.Check(new Subject(f, [.. shapes.Select(_ => Domain.Plain)]), new Random(shapes[0][1]));
    }

    private static void Equal(double[] expected, double[] actual) => Numbers.AssertClose("cotangent", expected, actual, 1e-14);
}
