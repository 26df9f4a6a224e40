// For z >= 0, erfc z = t exp(P(t) - z²) with t = 2 / (2 + z), and P(t) = log(erfc(z) / t) + z² is so smooth for t from 0 to 1 that 28
// Chebyshev polynomials in 2t - 1 give every digit of a double (the form is that of Press et al., Numerical Recipes, 3rd edition, 2007,
// section 6.2.2; the coefficients were computed with 50 digits from values at 80 Chebyshev nodes). Below one half erf x is the beginning
// of its power series.

using Retrodict.Autodiff;

namespace Retrodict.Expressions;

/// <summary>The error function 2 / sqrt(pi) times the integral of exp(-t²) from 0 to x, and what it lacks to 1.</summary>
internal static class ErrorFunction
{
    private const double SeriesEnd = 0.5;

    private static readonly double[] _chebyshev =
    [
        -1.3026537197817094, 0.64196979235649026, 0.019476473204185836, -9.5615147868086316e-3, -9.4659534448203687e-4,
        3.6683949785276145e-4, 4.2523324806907772e-5, -2.0278578112534243e-5, -1.6242900046470255e-6, 1.3036558355805232e-6,
        1.5626441722066143e-8, -8.5238095914926543e-8, 6.5290544390988515e-9, 5.0593434955514689e-9, -9.9136415649303309e-10,
        -2.2736512229318359e-10, 9.6467911020155268e-11, 2.3940380830391147e-12, -6.8860275264975534e-12, 8.9448792730907257e-13,
        3.1309213993429581e-13, -1.1270822361367252e-13, 3.8109052551892321e-16, 7.106097613609237e-15, -1.5230282014571043e-15,
        -9.457494571291234e-17, 1.210237189224279e-16, -2.816663087747177e-17,
    ];

    /// <summary>Of x, x³, x⁵ and so on.</summary>
    private static readonly double[] _series =
    [
        1.1283791670955126, -0.37612638903183752, 0.11283791670955126, -0.026866170645131252, 5.2239776254421878e-3,
        -8.5483270234508528e-4, 1.2055332981789664e-4, -1.4925650358406251e-5, 1.6462114365889247e-6, -1.6365844691234924e-7,
        1.4807192815879217e-8, -1.2290555301717927e-9, 9.422759064650411e-11,
    ];

    public static Value Erf(Value x)
    {
        Value magnitude = Value.Select(x < 0, -x, x);
        Value far = 1 - Complement(magnitude);
        Value near = Value.Select(magnitude < SeriesEnd, x, 0);
        return Value.Select(magnitude < SeriesEnd, Series(near), Value.Select(x < 0, -far, far));
    }

    public static Value Erfc(Value x)
    {
        Value far = Complement(Value.Select(x < 0, -x, x));
        return Value.Select(x < 0, 2 - far, far);
    }

    /// <summary>erfc z for z of at least 0, by Clenshaw's recurrence.</summary>
    private static Value Complement(Value z)
    {
        Value t = 2 / (2 + z);
        Value y = (4 * t) - 2;
        Value next = 0, last = _chebyshev[^1];
        for (int j = _chebyshev.Length - 2; j > 0; j--)
        {
            (next, last) = (last, (y * last) - next + _chebyshev[j]);
        }

        return t * Value.Exp((0.5 * ((y * last) + _chebyshev[0])) - next - (z * z));
    }

    private static Value Series(Value x)
    {
        Value square = x * x;
        Value sum = _series[^1];
        for (int n = _series.Length - 2; n >= 0; n--)
        {
            sum = (sum * square) + _series[n];
        }

        return x * sum;
    }
}
