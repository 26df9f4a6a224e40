// With half-integers only, the regularized incomplete gamma functions P(a, x) and Q(a, x) = 1 - P are, for x < a + 1, the series
//     P(a, x) = x^a e^-x / Γ(a + 1) (1 + x / (a + 1) + x² / ((a + 1)(a + 2)) + ...),
// and else the continued fraction of Q by Lentz's method (Abramowitz and Stegun, Handbook of Mathematical Functions, 6.5.29 and 6.5.31).
// Each tail is computed where it is the smaller one, so that no digit is lost far out.

namespace Retrodict.Regressions;

/// <summary>The chi-square distribution with whole degrees of freedom.</summary>
internal static class ChiSquareDistribution
{
    private const int MaxTerms = 1_000_000;

    /// <summary>The probability of a larger value.</summary>
    /// <param name="value">0 or more.</param>
    /// <param name="degrees">Degrees of freedom; NaN results where there are none.</param>
    public static double Above(double value, int degrees) => Tail(value, degrees, above: true);

    /// <summary>The probability of a smaller value.</summary>
    /// <param name="value">0 or more.</param>
    /// <param name="degrees">Degrees of freedom; NaN results where there are none.</param>
    public static double Below(double value, int degrees) => Tail(value, degrees, above: false);

    /// <summary>The value that is exceeded with a probability.</summary>
    /// <param name="probability">Between 0 and 1.</param>
    /// <param name="degrees">Degrees of freedom; NaN results where there are none.</param>
    public static double Quantile(double probability, int degrees)
    {
        if (degrees < 1 || !(probability > 0 && probability < 1))
        {
            return double.NaN;
        }

        // The tails' bounds double until they enclose it; what is left is halved to the last bit.
        (double low, double high) = (0, degrees);
        while (Above(high, degrees) > probability)
        {
            (low, high) = (high, 2 * high);
        }

        for (double middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
        {
            (low, high) = Above(middle, degrees) > probability ? (middle, high) : (low, middle);
        }

        return low;
    }

    private static double Tail(double value, int degrees, bool above)
    {
        if (degrees < 1 || double.IsNaN(value))
        {
            return double.NaN;
        }

        if (!(value > 0) || double.IsPositiveInfinity(value))
        {
            return (value > 0) == above ? 0 : 1;
        }

        (double a, double x) = (degrees / 2.0, value / 2);
        return x < a + 1
            ? above ? 1 - Series(a, x) : Series(a, x)
            : above ? Fraction(a, x) : 1 - Fraction(a, x);
    }

    /// <summary>P(a, x).</summary>
    private static double Series(double a, double x)
    {
        (double term, double sum) = (1, 1);
        for (int n = 1; n < MaxTerms && term > sum * 1e-17; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return Factor(a, x) * sum / a;
    }

    /// <summary>Q(a, x).</summary>
    private static double Fraction(double a, double x)
    {
        const double Least = 1e-300;
        double b = x + 1 - a;
        double c = 1 / Least;
        double d = 1 / b;
        double fraction = d;
        for (int n = 1; n < MaxTerms; n++)
        {
            double numerator = -n * (n - a);
            b += 2;
            d = (numerator * d) + b;
            d = 1 / (Math.Abs(d) < Least ? Least : d);
            c = b + (numerator / c);
            c = Math.Abs(c) < Least ? Least : c;
            double change = d * c;
            fraction *= change;
            if (Math.Abs(change - 1) < 1e-16)
            {
                break;
            }
        }

        return Factor(a, x) * fraction;
    }

    /// <summary>x^a e^-x / Γ(a).</summary>
    private static double Factor(double a, double x) => a < 20
        ? Math.Exp((a * Math.Log(x)) - x) / Gamma(a)
        : Math.Sqrt(a / (2 * Math.PI)) * Math.Exp(-Excess(a, x) - Stirling(a));

    /// <summary>x - a - a log(x / a), without cancellation where x is near a.</summary>
    private static double Excess(double a, double x)
    {
        double u = (x - a) / a;
        if (Math.Abs(u) > 0.1)
        {
            return x - a - (a * Math.Log(x / a));
        }

        // u - log(1 + u) = u²/2 - u³/3 + ...
        (double power, double sum) = (u * u, 0);
        for (int n = 2; n < 40; n++)
        {
            sum += (n % 2 == 0 ? power : -power) / n;
            power *= u;
        }

        return a * sum;
    }

    /// <summary>The correction log Γ(a) - [(a - 1/2) log a - a + log(2π)/2] (Abramowitz and Stegun, 6.1.41).</summary>
    private static double Stirling(double a)
    {
        double s = 1 / (a * a);
        double series = (((((((-691.0 / 360360) * s) + (1.0 / 1188)) * s) - (1.0 / 1680)) * s) + (1.0 / 1260)) * s;
        return ((series - (1.0 / 360)) * s / a) + (1 / (12 * a));
    }

    /// <summary>Γ of a whole or half number.</summary>
    private static double Gamma(double a)
    {
        double gamma = a == Math.Truncate(a) ? 1 : Math.Sqrt(Math.PI);
        for (double factor = a - 1; factor > 0; factor--)
        {
            gamma *= factor;
        }

        return gamma;
    }
}
