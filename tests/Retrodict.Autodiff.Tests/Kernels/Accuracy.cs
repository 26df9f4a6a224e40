using System.Globalization;
using System.Numerics;
using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Kernels;

/// <summary>The largest error of a kernel over samples.</summary>
internal static class Accuracy
{
    public const int Samples = 20_000;

    /// <summary>
    /// Draws operands from each range in turn, and compares with the exact results where these are within the type's range.
    /// </summary>
    public static void Holds<T>(
        string name, Elementwise primitive, double ulps, Func<double[], Exact> reference, (double Low, double High)[][] ranges)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(20260);
        foreach (var range in ranges)
        {
            T[][] operands = [.. range.Select(_ => new T[Samples])];
            var result = new T[Samples];
            for (var i = 0; i < Samples; i++)
            {
                for (var k = 0; k < range.Length; k++)
                {
                    operands[k][i] = T.CreateTruncating(Draw(random, range[k].Low, range[k].High));
                }
            }

            primitive.Kernel<T>()(operands[0], range.Length > 1 ? operands[1] : [], range.Length > 2 ? operands[2] : [], result);
            var (worst, at) = (0.0, 0);
            for (var i = 0; i < Samples; i++)
            {
                var exact = reference([.. operands.Select(operand => double.CreateTruncating(operand[i]))]);
                var position = Math.ILogB(exact.Mantissa.High) + exact.Exponent;
                if (range.Length > 1 && (position > (Bits<T>() == 53 ? 1022 : 126) || position < (Bits<T>() == 53 ? -1080 : -155)))
                {
                    continue; // Overflow and underflow are special values.
                }

                var error = exact.Ulps(double.CreateTruncating(result[i]), Bits<T>());
                if (!(error <= worst))
                {
                    (worst, at) = (error, i);
                }
            }

            var report = string.Create(
                CultureInfo.InvariantCulture,
                $"{name}<{typeof(T).Name}> [{string.Join(", ", range)}]: {worst:F3} ulp at "
                + $"{string.Join(", ", operands.Select(operand => operand[at]))}");
            TestContext.Current.TestOutputHelper?.WriteLine(report);
            Assert.True(worst <= ulps, report);
        }
    }

    private static int Bits<T>() => typeof(T) == typeof(float) ? 24 : 53;

    /// <summary>Uniform within a factor of 1000, otherwise uniform in the logarithm.</summary>
    private static double Draw(Random random, double low, double high)
    {
        var t = random.NextDouble();
        return low * high > 0 && high / low is > 1000 or < 0.001
            ? Math.CopySign(Math.Exp((Math.Log(Math.Abs(low)) * (1 - t)) + (Math.Log(Math.Abs(high)) * t)), low)
            : low + (t * (high - low));
    }
}
