namespace Retrodict.Autodiff.Tests.Kernels;

/// <summary>A reference value Mantissa * 2^Exponent, beyond the exponents of a double where need be.</summary>
internal readonly record struct Exact(DoubleDouble Mantissa, int Exponent = 0)
{
    public static implicit operator Exact(DoubleDouble x) => new(x);

    /// <summary>The distance of a result in units of the last place of the reference, for 53 or 24 bits.</summary>
    public double Ulps(double result, int bits)
    {
        var smallest = bits == 53 ? -1074 : -149;
        var overflow = bits == 53 ? 1024 : 128;
        if (Mantissa.High == 0)
        {
            return result == 0 ? 0 : double.PositiveInfinity;
        }

        var position = Math.ILogB(Mantissa.High) + Exponent;
        if (double.IsInfinity(result))
        {
            // Infinity stands for the first number that is too large.
            result = double.CopySign(1, result) * Math.ScaleB(1, overflow - Exponent - 60);
            return Math.Abs(((result - (Mantissa * Math.ScaleB(1, -60))) * Math.ScaleB(1, Exponent + 60 - position + bits - 1)).High);
        }

        var ulp = Math.Max(position - (bits - 1), smallest);
        return Math.Abs(((DoubleDouble)Math.ScaleB(result, -ulp) - Scale(Mantissa, Exponent - ulp)).High);
    }

    private static DoubleDouble Scale(DoubleDouble x, int exponent)
        => new(Math.ScaleB(x.High, exponent), Math.ScaleB(x.Low, exponent));
}

/// <summary>Elementary functions to about 100 bits, by series and Newton steps: slow and plain.</summary>
internal static class ExactFunctions
{
    private static readonly DoubleDouble s_ln2 = new(0.6931471805599453, 2.3190468138462996e-17);
    private static readonly DoubleDouble s_halfPi = new(1.5707963267948966, 6.123233995736766e-17);

    public static Exact Exp(DoubleDouble x)
    {
        var k = Math.Round(x.High / s_ln2.High);
        return new(ExpSeries(x - (s_ln2 * k)) + 1.0, (int)k);
    }

    public static Exact ExpM1(DoubleDouble x)
    {
        if (Math.Abs(x.High) < 0.5)
        {
            return ExpSeries(x);
        }

        var exp = Exp(x);
        return exp.Exponent > 200 ? exp : Value(exp) - 1.0;
    }

    public static Exact Log(DoubleDouble x)
    {
        if (Math.Abs(x.High - 1) < 1e-2)
        {
            return LogSeries((x - 1.0) / (x + 1.0));
        }

        var k = Math.ILogB(x.High);
        var m = new DoubleDouble(Math.ScaleB(x.High, -k), Math.ScaleB(x.Low, -k));
        var guess = Math.Log(m.High);
        var rest = (m * Value(Exp(-guess))) - 1.0;
        return guess + (rest - (rest * rest * 0.5)) + (s_ln2 * (double)k);
    }

    public static Exact LogP1(DoubleDouble x)
        => Math.Abs(x.High) < 1e-2 ? LogSeries(x / (x + 2.0)) : Log(x + 1.0);

    public static Exact Tanh(DoubleDouble x)
    {
        if (Math.Abs(x.High) > 40)
        {
            return (DoubleDouble)double.CopySign(1, x.High);
        }

        var e = ExpM1(x + x).Mantissa;
        e = Math.Abs(x.High) < 0.25 ? e : Value(ExpM1(x + x));
        return e / (e + 2.0);
    }

    public static Exact Sigmoid(DoubleDouble x)
    {
        var e = Exp(x.High < 0 ? x : -x);
        var small = Value(e);
        return x.High < 0 ? new Exact(e.Mantissa / (small + 1.0), e.Exponent) : new Exact((DoubleDouble)1.0 / (small + 1.0));
    }

    public static Exact Softplus(DoubleDouble x)
    {
        var e = Exp(x.High < 0 ? x : -x);
        var small = Value(e);
        if (x.High < -60)
        {
            return new(e.Mantissa * ((small * -0.5) + 1.0), e.Exponent);
        }

        var tail = x.High > 700 ? (DoubleDouble)0.0 : LogP1(small).Mantissa;
        return x.High < 0 ? tail : x + tail;
    }

    public static Exact Sin(double x)
    {
        var (sin, cos, quadrant) = Rotate(x);
        return (quadrant & 1) == 0 ? Signed(sin, quadrant) : Signed(cos, quadrant);
    }

    public static Exact Cos(double x)
    {
        var (sin, cos, quadrant) = Rotate(x);
        return (quadrant & 1) == 0 ? Signed(cos, quadrant) : Signed(sin, quadrant + 1);
    }

    public static Exact Atan(DoubleDouble x)
    {
        if (Math.Abs(x.High) > 1)
        {
            var rest = Atan((DoubleDouble)1.0 / x).Mantissa;
            return (x.High > 0 ? s_halfPi : -s_halfPi) - rest;
        }

        var guess = Math.Atan(x.High);
        var (sin, cos) = SinCosSeries(guess);
        var d = ((x * cos) - sin) / (cos + (x * sin));
        return guess + (d - (d * d * d / 3.0));
    }

    public static Exact Power(double x, double y) => Exp(Log(x).Mantissa * y);

    /// <summary>A reference that a double can hold; what has vanished is zero.</summary>
    private static DoubleDouble Value(Exact x)
        => x.Exponent < -900
            ? new DoubleDouble(0, 0)
            : new DoubleDouble(Math.ScaleB(x.Mantissa.High, x.Exponent), Math.ScaleB(x.Mantissa.Low, x.Exponent));

    private static DoubleDouble Signed(DoubleDouble x, long quadrant) => (quadrant & 2) == 0 ? x : -x;

    private static DoubleDouble ExpSeries(DoubleDouble x)
    {
        DoubleDouble term = x, sum = x;
        for (var n = 2; n < 40 && Math.Abs(term.High) > Math.Abs(sum.High) * 1e-34; n++)
        {
            term = term * x / (double)n;
            sum += term;
        }

        return sum;
    }

    private static DoubleDouble LogSeries(DoubleDouble s)
    {
        var square = s * s;
        DoubleDouble power = s, sum = s;
        for (var n = 3; n < 40; n += 2)
        {
            power *= square;
            sum += power / (double)n;
        }

        return sum * 2.0;
    }

    private static (DoubleDouble Sin, DoubleDouble Cos) SinCosSeries(DoubleDouble x)
    {
        DoubleDouble term = x, sin = x, cos = 1.0;
        for (var n = 2; n < 50; n++)
        {
            term = term * x / (double)n;
            var signed = (n & 2) == 0 ? term : -term;
            if ((n & 1) == 0)
            {
                cos += signed;
            }
            else
            {
                sin += signed;
            }
        }

        return (sin, cos);
    }

    private static (DoubleDouble Sin, DoubleDouble Cos, long Quadrant) Rotate(double x)
    {
        var k = Math.Round(x / s_halfPi.High);
        var r = (DoubleDouble)x - ((DoubleDouble)k * s_halfPi.High) - ((DoubleDouble)k * s_halfPi.Low)
            - ((DoubleDouble)k * -1.4973849048591698e-33);
        var (sin, cos) = SinCosSeries(r);
        return (sin, cos, (long)k);
    }
}
