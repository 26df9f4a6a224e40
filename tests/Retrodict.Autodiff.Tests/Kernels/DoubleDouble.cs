namespace Retrodict.Autodiff.Tests.Kernels;

/// <summary>
/// An unevaluated sum of two doubles with about 104 bits (T. J. Dekker, Numer. Math. 18, 1971): the arithmetic under the references.
/// </summary>
internal readonly record struct DoubleDouble(double High, double Low)
{
    public static implicit operator DoubleDouble(double x) => new(x, 0);

    public static DoubleDouble operator -(DoubleDouble x) => new(-x.High, -x.Low);

    public static DoubleDouble operator +(DoubleDouble x, DoubleDouble y)
    {
        var (s, e) = TwoSum(x.High, y.High);
        var (t, f) = TwoSum(x.Low, y.Low);
        (s, e) = FastTwoSum(s, e + t);
        return FastTwoSum(s, e + f);
    }

    public static DoubleDouble operator -(DoubleDouble x, DoubleDouble y) => x + -y;

    public static DoubleDouble operator *(DoubleDouble x, DoubleDouble y)
    {
        var p = x.High * y.High;
        return FastTwoSum(p, Math.FusedMultiplyAdd(x.High, y.High, -p) + ((x.High * y.Low) + (x.Low * y.High)));
    }

    public static DoubleDouble operator /(DoubleDouble x, DoubleDouble y)
    {
        var first = x.High / y.High;
        var rest = x - (y * first);
        var second = rest.High / y.High;
        rest -= y * second;
        return (DoubleDouble)first + second + (rest.High / y.High);
    }

    private static DoubleDouble TwoSum(double a, double b)
    {
        var s = a + b;
        var t = s - a;
        return new(s, (a - (s - t)) + (b - t));
    }

    private static DoubleDouble FastTwoSum(double a, double b)
    {
        var s = a + b;
        return new(s, b - (s - a));
    }
}
