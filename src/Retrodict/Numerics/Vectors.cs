using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Numerics;

/// <summary>Vector arithmetic of the solvers. The order of sums is fixed, so the bits do not depend on the processor's vector
/// width.</summary>
internal static class Vectors
{
    /// <summary>a.b.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector256<double>> left = MemoryMarshal.Cast<double, Vector256<double>>(a);
        ReadOnlySpan<Vector256<double>> right = MemoryMarshal.Cast<double, Vector256<double>>(b);
        Vector256<double> even = default;
        Vector256<double> odd = default;
        int i = 0;
        for (; i + 1 < left.Length; i += 2)
        {
            even = Vector256.FusedMultiplyAdd(left[i], right[i], even);
            odd = Vector256.FusedMultiplyAdd(left[i + 1], right[i + 1], odd);
        }

        if (i < left.Length)
        {
            even = Vector256.FusedMultiplyAdd(left[i], right[i], even);
        }

        double sum = Vector256.Sum(even + odd);
        for (int j = left.Length * Vector256<double>.Count; j < a.Length; j++)
        {
            sum = Math.FusedMultiplyAdd(a[j], b[j], sum);
        }

        return sum;
    }

    /// <summary>a.a with the rounding of twice the working precision (Ogita, Rump and Oishi 2005, Accurate sum and dot product, algorithm
    /// 5.3): near a solution the decrease of an objective is smaller than the rounding of a plain sum.</summary>
    public static double SumOfSquares(ReadOnlySpan<double> a)
    {
        ReadOnlySpan<Vector256<double>> vectors = MemoryMarshal.Cast<double, Vector256<double>>(a);
        Vector256<double> sums = default;
        Vector256<double> errors = default;
        foreach (Vector256<double> value in vectors)
        {
            Vector256<double> square = value * value;
            Vector256<double> sum = sums + square;
            Vector256<double> part = sum - sums;
            errors += Vector256.FusedMultiplyAdd(value, value, -square) + ((sums - (sum - part)) + (square - part));
            sums = sum;
        }

        double total = 0;
        double error = Vector256.Sum(errors);
        for (int i = 0; i < Vector256<double>.Count; i++)
        {
            Add(sums[i], ref total, ref error);
        }

        foreach (double value in a[(vectors.Length * Vector256<double>.Count)..])
        {
            double square = value * value;
            error += Math.FusedMultiplyAdd(value, value, -square);
            Add(square, ref total, ref error);
        }

        // Where the sum overflows the errors are NaN.
        return double.IsFinite(error) ? total + error : total;

        static void Add(double term, ref double total, ref double error)
        {
            double sum = total + term;
            double part = sum - total;
            error += (total - (sum - part)) + (term - part);
            total = sum;
        }
    }

    /// <summary>‖a‖.</summary>
    public static double Norm(ReadOnlySpan<double> a) => Math.Sqrt(Dot(a, a));

    /// <summary>target = factor target.</summary>
    public static void Scale(double factor, Span<double> target)
    {
        foreach (ref double value in target)
        {
            value *= factor;
        }
    }

    /// <summary>target = a + factor target.</summary>
    public static void ScaleAndAdd(double factor, ReadOnlySpan<double> a, Span<double> target)
    {
        for (int i = 0; i < a.Length; i++)
        {
            target[i] = a[i] + (factor * target[i]);
        }
    }

    /// <summary>target += factor a.</summary>
    public static void Add(double factor, ReadOnlySpan<double> a, Span<double> target)
    {
        ReadOnlySpan<Vector256<double>> source = MemoryMarshal.Cast<double, Vector256<double>>(a);
        Span<Vector256<double>> sum = MemoryMarshal.Cast<double, Vector256<double>>(target[..a.Length]);
        Vector256<double> factors = Vector256.Create(factor);
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = Vector256.FusedMultiplyAdd(factors, source[i], sum[i]);
        }

        for (int i = sum.Length * Vector256<double>.Count; i < a.Length; i++)
        {
            target[i] = Math.FusedMultiplyAdd(factor, a[i], target[i]);
        }
    }

    /// <summary>b = A^T v for a tall and narrow A, [v.Length, b.Length] row-major.</summary>
    public static void TransposedTimes(ReadOnlySpan<double> a, ReadOnlySpan<double> v, Span<double> b)
    {
        int width = b.Length;
        int column = 0;
        for (; column + Vector256<double>.Count <= width; column += Vector256<double>.Count)
        {
            Vector256<double> even = default;
            Vector256<double> odd = default;
            for (int i = 0; i < v.Length; i++)
            {
                (even, odd) = (
                    odd, Vector256.FusedMultiplyAdd(
                        Vector256.Create(v[i]), Vector256.Create(a.Slice((i * width) + column, Vector256<double>.Count)), even));
            }

            (even + odd).CopyTo(b[column..]);
        }

        for (; column < width; column++)
        {
            double sum = 0;
            for (int i = 0; i < v.Length; i++)
            {
                sum = Math.FusedMultiplyAdd(v[i], a[(i * width) + column], sum);
            }

            b[column] = sum;
        }
    }

    /// <summary>difference = a - b.</summary>
    public static void Subtract(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> difference)
    {
        for (int i = 0; i < a.Length; i++)
        {
            difference[i] = a[i] - b[i];
        }
    }

    /// <summary>The largest magnitude; NaN if an element is NaN.</summary>
    public static double Largest(ReadOnlySpan<double> a)
    {
        double largest = 0;
        foreach (double value in a)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }
}
