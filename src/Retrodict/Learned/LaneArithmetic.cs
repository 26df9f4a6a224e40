using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Retrodict;

/// <summary>Vector arithmetic of lanes in the model's element type. The order of sums does not depend on the processor's vector width.</summary>
internal static class LaneArithmetic
{
    /// <summary>target += factor a b.</summary>
    public static void AddScaled<T>(T factor, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        Vector256<T> factors = Vector256.Create(factor);
        for (; i + Vector256<T>.Count <= target.Length; i += Vector256<T>.Count)
        {
            (Vector256.Create<T>(target[i..]) + (factors * Vector256.Create(a[i..]) * Vector256.Create(b[i..]))).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] += factor * a[i] * b[i];
        }
    }

    /// <summary>trial = x + factor (target - x), no further than the bounds.</summary>
    /// <returns>gradient.(target - x), not finite if the target is not.</returns>
    public static double Trial<T>(
        T factor, ReadOnlySpan<T> target, ReadOnlySpan<T> x, ReadOnlySpan<T> gradient, ReadOnlySpan<T> lower, ReadOnlySpan<T> upper, Span<T> trial)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        Vector256<T> factors = Vector256.Create(factor);
        Vector256<T> slopes = default;
        for (; i + Vector256<T>.Count <= trial.Length; i += Vector256<T>.Count)
        {
            Vector256<T> from = Vector256.Create(x[i..]);
            Vector256<T> direction = Vector256.Create(target[i..]) - from;
            slopes += direction * Vector256.Create(gradient[i..]);
            Vector256.Min(Vector256.Max(from + (factors * direction), Vector256.Create(lower[i..])), Vector256.Create(upper[i..])).CopyTo(trial[i..]);
        }

        double slope = double.CreateTruncating(Vector256.Sum(slopes));
        for (; i < trial.Length; i++)
        {
            T direction = target[i] - x[i];
            slope += double.CreateTruncating(direction * gradient[i]);
            trial[i] = T.Min(T.Max(x[i] + (factor * direction), lower[i]), upper[i]);
        }

        return slope;
    }

    /// <summary>a.a, summed in double.</summary>
    public static double SumOfSquares<T>(ReadOnlySpan<T> a)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
        {
            ReadOnlySpan<double> doubles = MemoryMarshal.Cast<T, double>(a);
            return Solvers.Vectors.Dot(doubles, doubles);
        }

        ReadOnlySpan<float> floats = MemoryMarshal.Cast<T, float>(a);
        Vector256<double> sums = default;
        int i = 0;
        for (; i + Vector256<float>.Count <= floats.Length; i += Vector256<float>.Count)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Create(floats[i..]));
            sums = Vector256.FusedMultiplyAdd(high, high, Vector256.FusedMultiplyAdd(low, low, sums));
        }

        double sum = Vector256.Sum(sums);
        for (; i < floats.Length; i++)
        {
            sum += (double)floats[i] * floats[i];
        }

        return sum;
    }
}
