using Retrodict.Randomness;

namespace Retrodict.Regressions;

/// <summary>
/// Quantiles of Student's t distribution with whole degrees of freedom: for few of them by bisection of the finite sums for its
/// distribution function (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4), for many by the expansion around
/// the normal quantile (26.7.5).
/// </summary>
internal static class StudentQuantile
{
    private const int Few = 300;

    /// <summary>The t for which |T| stays below it with a probability.</summary>
    /// <param name="probability">Between 0 and 1.</param>
    /// <param name="degrees">Degrees of freedom; NaN results where there are none.</param>
    public static double TwoSided(double probability, int degrees)
    {
        if (degrees < 1)
        {
            return double.NaN;
        }

        return degrees <= Few ? Bisect(probability, degrees) : Expand(NormalQuantile.Upper((1 - probability) / 2), degrees);
    }

    /// <summary>The probability of |T| &lt; √ν tan θ.</summary>
    private static double Within(double angle, int degrees)
    {
        double cosine = Math.Cos(angle);
        bool odd = (degrees & 1) != 0;
        double term = odd ? cosine : 1;
        double sum = degrees == 1 ? 0 : term;
        for (int i = odd ? 3 : 2; i < degrees; i += 2)
        {
            term *= cosine * cosine * (i - 1) / i;
            sum += term;
        }

        return odd ? 2 / Math.PI * (angle + (Math.Sin(angle) * sum)) : Math.Sin(angle) * sum;
    }

    private static double Bisect(double probability, int degrees)
    {
        (double low, double high) = (0, Math.PI / 2);
        for (double middle = high / 2; middle > low && middle < high; middle = (low + high) / 2)
        {
            (low, high) = Within(middle, degrees) < probability ? (middle, high) : (low, middle);
        }

        return Math.Sqrt(degrees) * Math.Tan(low);
    }

    private static double Expand(double z, double degrees)
    {
        double s = z * z;
        double g1 = z * (s + 1) / 4;
        double g2 = z * ((((5 * s) + 16) * s) + 3) / 96;
        double g3 = z * ((((((3 * s) + 19) * s) + 17) * s) - 15) / 384;
        double g4 = z * ((((((((79 * s) + 776) * s) + 1482) * s) - 1920) * s) - 945) / 92160;
        return z + ((g1 + ((g2 + ((g3 + (g4 / degrees)) / degrees)) / degrees)) / degrees);
    }
}
