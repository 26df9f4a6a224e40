namespace Retrodict.Autodiff.LinearAlgebra;

/// <summary>What the decompositions share: scaling to order 1 by a power of two, which rounds nothing, and the sign of vectors.</summary>
internal static unsafe class Scaling
{
    /// <summary>The exponent of the largest element in size, 0 for zeros; false where an element is infinite or NaN.</summary>
    public static bool TryExponent(ReadOnlySpan<double> a, out int exponent)
    {
        var largest = 0.0;
        exponent = 0;
        foreach (var element in a)
        {
            if (!double.IsFinite(element))
            {
                return false;
            }

            largest = Math.Max(largest, Math.Abs(element));
        }

        exponent = largest == 0 ? 0 : Math.ILogB(largest);
        return true;
    }

    /// <summary>2^-exponent times a symmetric matrix of which the lower triangle is read.</summary>
    public static bool TryLoadSymmetric(ReadOnlySpan<double> a, int n, double* result, out int exponent)
    {
        exponent = int.MinValue;
        for (var i = 0; i < n; i++)
        {
            if (!TryExponent(a.Slice(i * n, i + 1), out var row))
            {
                return false;
            }

            exponent = a.Slice(i * n, i + 1).ContainsAnyExcept(0.0) ? Math.Max(exponent, row) : exponent;
        }

        exponent = exponent == int.MinValue ? 0 : exponent;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                result[(i * n) + j] = result[(j * n) + i] = Math.ScaleB(a[(i * n) + j], -exponent);
            }
        }

        return true;
    }

    /// <summary>
    /// The sign of the first component within one hundredth of the largest in size, so that ties are decided by position and not by
    /// rounding; 1 for zeros.
    /// </summary>
    public static double Sign(double* vector, int stride, int n)
    {
        var largest = 0.0;
        for (var i = 0; i < n; i++)
        {
            largest = Math.Max(largest, Math.Abs(vector[i * stride]));
        }

        for (var i = 0; i < n; i++)
        {
            if (Math.Abs(vector[i * stride]) >= 0.99 * largest)
            {
                return vector[i * stride] < 0 ? -1 : 1;
            }
        }

        return 1;
    }
}
