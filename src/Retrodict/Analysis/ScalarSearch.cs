namespace Retrodict.Analysis;

/// <summary>Roots and minima of a function of one number.</summary>
internal static class ScalarSearch
{
    private const int MaxEvaluations = 200;

    /// <summary>A root between two points of opposite sign, by false position with halved weights (the Illinois method: M. Dowell and P.
    /// Jarratt, BIT 11, 1971).</summary>
    /// <param name="function">The function; NaN ends the search.</param>
    /// <param name="a">One end.</param>
    /// <param name="fa">The function there.</param>
    /// <param name="b">The other end.</param>
    /// <param name="fb">The function there.</param>
    /// <param name="tolerance">Ends once the function is no larger than this in size, or the ends are no further apart.</param>
    public static double Root(Func<double, double> function, double a, double fa, double b, double fb, double tolerance)
    {
        double best = Math.Abs(fa) < Math.Abs(fb) ? a : b;
        double least = Math.Min(Math.Abs(fa), Math.Abs(fb));
        for (int i = 0; i < MaxEvaluations && Math.Abs(b - a) > tolerance && least > tolerance; i++)
        {
            // The middle now and then: false position alone can creep.
            double c = i % 4 == 3 ? 0.5 * (a + b) : b - (fb * (b - a) / (fb - fa));
            double fc = function(c);
            if (double.IsNaN(fc))
            {
                return best;
            }

            if (Math.Abs(fc) < least)
            {
                (best, least) = (c, Math.Abs(fc));
            }

            if ((fc < 0) != (fb < 0))
            {
                (a, fa) = (b, fb);
            }
            else
            {
                fa *= 0.5;
            }

            (b, fb) = (c, fc);
        }

        return best;
    }

    /// <summary>A minimum between two points, by golden sections (J. Kiefer, Proc. Amer. Math. Soc. 4, 1953). NaN counts as larger than any
    /// number.</summary>
    public static double Minimum(Func<double, double> function, double a, double b, double tolerance)
    {
        double ratio = 0.5 * (Math.Sqrt(5) - 1);
        double c = b - (ratio * (b - a));
        double d = a + (ratio * (b - a));
        double fc = Orderly(function(c));
        double fd = Orderly(function(d));
        for (int i = 0; i < MaxEvaluations && b - a > tolerance; i++)
        {
            if (fc <= fd)
            {
                (b, d, fd) = (d, c, fc);
                c = b - (ratio * (b - a));
                fc = Orderly(function(c));
            }
            else
            {
                (a, c, fc) = (c, d, fd);
                d = a + (ratio * (b - a));
                fd = Orderly(function(d));
            }
        }

        return fc <= fd ? c : d;
    }

    private static double Orderly(double value) => double.IsNaN(value) ? double.PositiveInfinity : value;
}
