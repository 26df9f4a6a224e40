using Retrodict.Autodiff;

namespace Retrodict.Expressions;

/// <summary>Powers with whole exponents as products: defined for every base and of any derivative, x^2 being x * x.</summary>
internal static class IntegerPower
{
    /// <summary>Products of more factors than this lose more digits than the power function does.</summary>
    private const int Most = 16;

    /// <summary>Whether products serve for an exponent.</summary>
    public static bool Serves(double exponent) => exponent == Math.Truncate(exponent) && Math.Abs(exponent) is >= 1 and <= Most;

    /// <summary>x to the power of n, by repeated squaring.</summary>
    public static Value Of(Value x, int n)
    {
        if (n < 0)
        {
            return Value.Reciprocal(Of(x, -n));
        }

        Value? power = null;
        Value square = x;
        for (int rest = n; ; square *= square)
        {
            if ((rest & 1) != 0)
            {
                power = power is null ? square : power * square;
            }

            if ((rest >>= 1) == 0)
            {
                return power!;
            }
        }
    }
}
