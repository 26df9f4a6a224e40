namespace Retrodict.Randomness;

/// <summary>The quantile function of the standard normal distribution, in operations that give the same bits on every machine.</summary>
/// <remarks>
/// Algorithm AS 241 (PPND16): M. J. Wichura, "The percentage points of the normal distribution", Applied Statistics 37 (1988) 477-484,
/// relative error about 1e-16. With q = 1/2 - p, it is q R(0.425^2 - q^2) in the center and R(sqrt(-ln p)) in the tail, R rational. The
/// logarithm is computed here because the C library's differs from machine to machine in the last bit; the rest of the arithmetic is
/// correctly rounded by IEEE 754 everywhere.
/// </remarks>
internal static class NormalQuantile
{
    private const int Degree = 7;
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    private static ReadOnlySpan<double> CenterNumerator =>
    [
        3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
        4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
    ];

    private static ReadOnlySpan<double> CenterDenominator =>
    [
        1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
        2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
    ];

    private static ReadOnlySpan<double> NearNumerator =>
    [
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
        1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ];

    private static ReadOnlySpan<double> NearDenominator =>
    [
        1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ];

    private static ReadOnlySpan<double> FarNumerator =>
    [
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ];

    private static ReadOnlySpan<double> FarDenominator =>
    [
        1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ];

    /// <summary>The z at or above 0 that a standard normal variable exceeds with probability <paramref name="p"/>.</summary>
    /// <param name="p">Above 0, at most 1/2.</param>
    public static double Upper(double p)
    {
        double q = 0.5 - p;
        if (q <= 0.425)
        {
            return q * Ratio(CenterNumerator, CenterDenominator, 0.180625 - (q * q));
        }

        double r = Math.Sqrt(-Log(p));
        return r <= 5.0
            ? Ratio(NearNumerator, NearDenominator, r - 1.6)
            : Ratio(FarNumerator, FarDenominator, r - 5.0);
    }

    /// <summary>
    /// The natural logarithm of a positive normal number, within an ulp. As in fdlibm's e_log.c: x = 2^k m with m between sqrt(1/2) and
    /// sqrt(2), s = (m - 1) / (m + 1), and ln m = 2 atanh s with a minimax polynomial in s^2 (error below 2^-58).
    /// </summary>
    internal static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int k = (int)(bits >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | (1023L << 52));
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            k++;
        }

        double f = m - 1.0;
        double s = f / (2.0 + f);
        double z = s * s;
        double tail = z * Polynomial(
            [
                6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01,
                1.818357216161805012e-01, 1.531383769920937332e-01, 1.479819860511658591e-01,
            ],
            z);
        double half = 0.5 * f * f;
        return (k * Ln2High) - ((half - ((s * (half + tail)) + (k * Ln2Low))) - f);
    }

    // Both polynomials in one loop: each waits for its own last multiplication, so the two together take the time of one.
    private static double Ratio(ReadOnlySpan<double> numerator, ReadOnlySpan<double> denominator, double x)
    {
        double above = 0.0, below = 0.0;
        for (int i = Degree; i >= 0; i--)
        {
            above = (above * x) + numerator[i];
            below = (below * x) + denominator[i];
        }

        return above / below;
    }

    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        double value = 0.0;
        for (int i = coefficients.Length - 1; i >= 0; i--)
        {
            value = (value * x) + coefficients[i];
        }

        return value;
    }
}
