using System.Numerics;

namespace Retrodict.Autodiff.Tests.Fourier;

/// <summary>All transforms equal their definitions, for all lengths and for all ways in which lines can lie in a tensor.</summary>
public class DefinitionTests
{
    private static readonly int[] _lengths =
        [.. Enumerable.Range(1, 70), 74, 97, 101, 127, 128, 2 * 101, 243, 256, 343, 360, 500, 512, 625, 961, 1009, 1024, 2003];

    /// <summary>
    /// Numbers of outer and inner indices: one line, a few, a whole vector and more; lines that lie apart by few or many elements.
    /// </summary>
    private static readonly (int Outer, int Inner)[] _layouts =
        [(1, 1), (3, 1), (37, 1), (1, 3), (5, 3), (2, 7), (1, 16), (2, 21), (1, 65)];

    public static TheoryData<int> Lengths => [.. _lengths];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Complex_transforms_equal_their_definition(int n)
    {
        foreach ((int outer, int inner) in Layouts(n))
        {
            Shape shape = [outer, n, inner];
            Complex[] x = Definitions.Random(outer * n * inner, n);
            Complex[] forward = Definitions.Fourier(x, outer, n, inner, -1);
            Complex[] backward = [.. Definitions.Fourier(x, outer, n, inner, 1).Select(y => y / n)];
            Close<double>(n, forward, Runs.Run<double>(shape, x, y => Value.Fft(y, 1)));
            Close<double>(n, backward, Runs.Run<double>(shape, x, y => Value.InverseFft(y, 1)));
            Close<float>(n, forward, Runs.Run<float>(shape, x, y => Value.Fft(y, 1)));
            Close<float>(n, backward, Runs.Run<float>(shape, x, y => Value.InverseFft(y, 1)));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Real_transforms_equal_their_definition(int n)
    {
        foreach ((int outer, int inner) in Layouts(n))
        {
            int half = (n / 2) + 1;
            Complex[] x = Definitions.Random(outer * n * inner, n, real: true);
            Complex[] whole = Definitions.Fourier(x, outer, n, inner, -1);
            Complex[] forward = Definitions.Along(whole, outer, n, inner, half, (line, k) => line[k]);
            Complex[] spectrum = Definitions.Random(outer * half * inner, n);
            Complex[] backward = Definitions.InverseReal(spectrum, outer, n, inner);
            Close<double>(n, forward, Runs.Run<double>([outer, n, inner], x, y => Value.RealFft(y.Real, 1)));
            Close<float>(n, forward, Runs.Run<float>([outer, n, inner], x, y => Value.RealFft(y.Real, 1)));
            Close<double>(
                n, backward, Runs.Run<double>([outer, half, inner], spectrum, y => ComplexValue.FromReal(Value.InverseRealFft(y, n, 1))));
            Close<float>(
                n, backward, Runs.Run<float>([outer, half, inner], spectrum, y => ComplexValue.FromReal(Value.InverseRealFft(y, n, 1))));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Sine_and_cosine_transforms_equal_their_definitions(int n)
    {
        foreach ((int outer, int inner) in Layouts(n))
        {
            Complex[] x = Definitions.Random(outer * n * inner, n, real: true);
            foreach ((bool sine, int type) in new[] { (false, 1), (false, 2), (false, 3), (true, 1), (true, 2), (true, 3) })
            {
                if ((sine, type, n) == (false, 1, 1))
                {
                    continue;
                }

                Complex[] expected = Definitions.Along(
                    x, outer, n, inner, n, (line, k) => Definitions.SineCosine(sine, type, [.. line.Select(e => e.Real)], k));
                Close<double>(n, expected, Runs.Run<double>([outer, n, inner], x, y => Transform(sine, type, y.Real)));
                Close<float>(n, expected, Runs.Run<float>([outer, n, inner], x, y => Transform(sine, type, y.Real)));
            }
        }
    }

    private static ComplexValue Transform(bool sine, int type, Value x) =>
        ComplexValue.FromReal(sine ? Value.SineTransform(x, type, false, 1) : Value.CosineTransform(x, type, false, 1));

    private static IEnumerable<(int Outer, int Inner)> Layouts(int n) =>
        n <= 128 ? _layouts : n <= 512 ? _layouts.Take(4) : _layouts.Take(2);

    /// <summary>The error grows like log n, and the definition's own like its square root.</summary>
    private static void Close<T>(int n, Complex[] expected, Complex[] actual)
        where T : IFloatingPointIeee754<T>
    {
        double unit = typeof(T) == typeof(float) ? 6e-8 : 1.1e-16;
        double allowed = unit * (8 + (6 * Math.Log2(n)) + (typeof(T) == typeof(float) ? 0 : 4 * Math.Sqrt(n)));
        double error = Definitions.Error(expected, actual);
        Assert.True(
            error <= allowed, $"length {n}, {expected.Length} elements, {typeof(T).Name}: off by {error:E2}, allowed {allowed:E2}.");
    }
}
