using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Laws;

/// <content>
/// Fourier, sine and cosine transforms: powers of two, odd, prime and Bluestein lengths, along inner, middle and outer axes.
/// </content>
internal static partial class PrimitiveCases
{
    private static IEnumerable<PrimitiveCase> Fourier()
    {
        foreach (int n in new[] { 1, 2, 3, 4, 5, 7, 8, 12, 37 })
        {
            yield return Plain($"fft of {n}", typeof(ComplexFourier), [[n], [n]], x => Power(Value.Fft(Complex(x))));
            yield return Plain($"real fft of {n}", typeof(RealFourier), [[n]], x => Power(Value.RealFft(x[0])));
            yield return Plain(
                $"inverse real fft to {n}", typeof(InverseRealFourier), [[(n / 2) + 1], [(n / 2) + 1]],
                x => Value.Square(Value.InverseRealFft(Complex(x), n)));
            for (int type = 1; type <= 3; type++)
            {
                int t = type;
                yield return Plain(
                    $"sine transform {t} of {n}", typeof(SineCosine), [[n]], x => Value.Sin(0.5 * Value.SineTransform(x[0], t, true)));
                if (n > 1)
                {
                    yield return Plain(
                        $"cosine transform {t} of {n}", typeof(SineCosine), [[n]],
                        x => Value.Sin(0.5 * Value.CosineTransform(x[0], t, true)));
                }
            }
        }

        yield return Plain("inverse fft", typeof(ComplexFourier), [[6], [6]], x => Power(Value.InverseFft(Complex(x))));
        yield return Plain("fft of real data", typeof(ComplexFourier), [[5]], x => Power(Value.Fft(ComplexValue.FromReal(x[0]))));
        yield return Plain("fft, real part only", typeof(ComplexFourier), [[5], [5]], x => Value.Square(Value.Fft(Complex(x)).Real));
        yield return Plain("fft of the middle axis", typeof(ComplexFourier), [[2, 3, 4], [2, 3, 4]], x => Power(Value.Fft(Complex(x), 1)));
        yield return Plain("fft of two axes", typeof(ComplexFourier), [[2, 3, 4], [2, 3, 4]], x => Power(Value.Fft(Complex(x), 0, -1)));
        yield return Plain("fft of wide lines", typeof(ComplexFourier), [[3, 18], [3, 18]], x => Power(Value.Fft(Complex(x), 0)));
        yield return Plain("fft of nothing", typeof(ComplexFourier), [[0, 4], [0, 4]], x => Power(Value.Fft(Complex(x), 1)));
        yield return Plain("real fft of two axes", typeof(RealFourier), [[4, 5]], x => Power(Value.RealFft(x[0])));
        yield return Plain("real fft, the first axis halved", typeof(RealFourier), [[4, 3]], x => Power(Value.RealFft(x[0], 1, 0)));
        yield return Plain("real fft, imaginary part only", typeof(RealFourier), [[6]], x => Value.Square(Value.RealFft(x[0]).Imaginary));
        yield return Plain(
            "inverse real fft of two axes", typeof(InverseRealFourier), [[3, 3], [3, 3]],
            x => Value.Square(Value.InverseRealFft(Complex(x), 4)));
        yield return Plain(
            "inverse real fft to an odd length, first axis", typeof(InverseRealFourier), [[3, 2], [3, 2]],
            x => Value.Square(Value.InverseRealFft(Complex(x), 5, 0)));
        yield return Plain(
            "there and back", typeof(InverseRealFourier), [[3, 6]], x => Value.Sin(Value.InverseRealFft(Value.RealFft(x[0]), 6)));
        yield return Plain(
            "circular convolution", typeof(InverseRealFourier), [[7], [7]],
            x => Value.InverseRealFft(Value.RealFft(x[0]) * Value.RealFft(x[1]), 7));
        yield return Plain(
            "sine transform of two axes", typeof(SineCosine), [[3, 4]], x => Value.Square(Value.SineTransform(x[0], 1, false)));
        yield return Plain(
            "cosine transform of the middle axis", typeof(SineCosine), [[2, 3, 2]],
            x => Value.Square(Value.CosineTransform(x[0], 2, true, 1)));
    }

    private static ComplexValue Complex(ValueList x) => new(x[0], x[1]);

    /// <summary>A number for each element that is not linear in it.</summary>
    private static Value Power(ComplexValue x) => (0.3 * x.AbsoluteSquare) + (x.Real * 0.2) - x.Imaginary;
}
