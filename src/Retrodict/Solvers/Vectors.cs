namespace Retrodict.Solvers;

/// <summary>Loops over vectors.</summary>
internal static class Vectors
{
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    public static double Norm(ReadOnlySpan<double> a) => Math.Sqrt(Dot(a, a));

    /// <summary>y += factor x.</summary>
    public static void Add(Span<double> y, double factor, ReadOnlySpan<double> x)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] += factor * x[i];
        }
    }

    /// <summary>y = x + factor y.</summary>
    public static void AddTo(Span<double> y, double factor, ReadOnlySpan<double> x)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = x[i] + (factor * y[i]);
        }
    }

    /// <summary>y = factor y.</summary>
    public static void Scale(Span<double> y, double factor)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] *= factor;
        }
    }
}
