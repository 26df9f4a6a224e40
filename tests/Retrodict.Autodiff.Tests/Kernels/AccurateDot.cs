using System.Numerics;

namespace Retrodict.Autodiff.Tests.Kernels;

/// <summary>Sums of products in about twice double precision: T. Ogita, S. M. Rump and S. Oishi, "Accurate sum and dot product",
/// SIAM J. Sci. Comput. 26(6), 2005, algorithm Dot2.</summary>
internal static class AccurateDot
{
    /// <summary>start + the sum over p of sign·x[p]·y[p], and the same sum of absolute values.</summary>
    public static (double Value, double Magnitude) Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double start = 0, double sign = 1)
    {
        var (sum, low, magnitude) = (start, 0.0, Math.Abs(start));
        for (var p = 0; p < x.Length; p++)
        {
            var (a, b) = (sign * x[p], y[p]);
            var product = a * b;
            var productError = Math.FusedMultiplyAdd(a, b, -product);
            var next = sum + product;
            var z = next - sum;
            low += (sum - (next - z)) + (product - z) + productError;
            sum = next;
            magnitude += Math.Abs(product);
        }

        return (sum + low, magnitude);
    }

    /// <summary>Unit roundoff of the element type.</summary>
    public static double UnitRoundoff<T>()
        where T : INumber<T> => typeof(T) == typeof(float) ? Math.Pow(2, -24) : Math.Pow(2, -53);

    /// <summary>gamma_k = k u / (1 - k u) (Higham 2002, section 3.1).</summary>
    public static double Gamma<T>(int k)
        where T : INumber<T> => k * UnitRoundoff<T>() / (1 - (k * UnitRoundoff<T>()));
}
