using System.Globalization;
using System.Numerics;
using Retrodict.Autodiff.Kernels;
using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Kernels;

/// <summary>The largest error of an operator over samples, through the loops that plans use.</summary>
internal static class Accuracy
{
    public const int Samples = 20_000;

    public static void Holds<T, TOperator>(double ulps, Func<double, Exact> reference, params (double Low, double High)[] ranges)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IUnaryOperator
    {
        var random = new Random(20260);
        foreach (var (low, high) in ranges)
        {
            var x = new T[Samples];
            var result = new T[Samples];
            for (var i = 0; i < Samples; i++)
            {
                x[i] = T.CreateTruncating(Draw(random, low, high));
            }

            ElementwiseLoop.Unary<T, TOperator>(x, result);
            var (worst, at) = (0.0, T.Zero);
            for (var i = 0; i < Samples; i++)
            {
                var error = reference(double.CreateTruncating(x[i])).Ulps(double.CreateTruncating(result[i]), Bits<T>());
                if (!(error <= worst))
                {
                    (worst, at) = (error, x[i]);
                }
            }

            Report<T>(typeof(TOperator).Name, low, high, worst, at);
            Assert.True(worst <= ulps, $"{typeof(TOperator).Name}<{typeof(T).Name}>: {worst:F2} ulp at {at:R}");
        }
    }

    public static void PowerHolds<T>(double ulps, (double Low, double High) bases, (double Low, double High) exponents)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(20261);
        var (x, y, result) = (new T[Samples], new T[Samples], new T[Samples]);
        for (var i = 0; i < Samples; i++)
        {
            x[i] = T.CreateTruncating(Draw(random, bases.Low, bases.High));
            y[i] = T.CreateTruncating(Draw(random, exponents.Low, exponents.High));
        }

        ElementwiseLoop.Binary<T, PowerOperator>(x, y, result);
        var (worst, at) = (0.0, "");
        for (var i = 0; i < Samples; i++)
        {
            var reference = Reference.Power(double.CreateTruncating(x[i]), double.CreateTruncating(y[i]));
            var position = Math.ILogB(reference.Mantissa.High) + reference.Exponent;
            if (position > (Bits<T>() == 53 ? 1022 : 126) || position < (Bits<T>() == 53 ? -1080 : -155))
            {
                continue; // Overflow and underflow are special values.
            }

            var error = reference.Ulps(double.CreateTruncating(result[i]), Bits<T>());
            if (!(error <= worst))
            {
                (worst, at) = (error, $"{x[i]:R} ^ {y[i]:R}");
            }
        }

        Report<T>("Power", bases.Low, bases.High, worst, at);
        Assert.True(worst <= ulps, $"Power<{typeof(T).Name}>: {worst:F2} ulp at {at}");
    }

    private static int Bits<T>() => typeof(T) == typeof(float) ? 24 : 53;

    private static void Report<T>(string name, double low, double high, double worst, object at)
        => TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{name}<{typeof(T).Name}> [{low}, {high}]: {worst:F3} ulp at {at}"));

    /// <summary>Uniform within a factor of 1000, otherwise uniform in the logarithm.</summary>
    private static double Draw(Random random, double low, double high)
    {
        var t = random.NextDouble();
        return low * high > 0 && high / low is > 1000 or < 0.001
            ? Math.CopySign(Math.Exp((Math.Log(Math.Abs(low)) * (1 - t)) + (Math.Log(Math.Abs(high)) * t)), low)
            : low + (t * (high - low));
    }
}
