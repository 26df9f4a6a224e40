using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Retrodict.Numerics;

namespace Retrodict;

/// <summary>Vector arithmetic of lanes in the model's element type. The order of sums does not depend on the processor's vector width: it
/// is that of 512 bits, halves being added.</summary>
internal static class LaneArithmetic
{
    /// <summary>target = a + factor b.</summary>
    public static void AddScaled<T>(ReadOnlySpan<T> a, T factor, ReadOnlySpan<T> b, Span<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int length = Common(target.Length, a.Length, b.Length);
        ref T p = ref MemoryMarshal.GetReference(a);
        ref T q = ref MemoryMarshal.GetReference(b);
        ref T to = ref MemoryMarshal.GetReference(target);
        int i = 0;
        Vector512<T> factors = Vector512.Create(factor);
        for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            (Vector512.LoadUnsafe(ref p, (nuint)i) + (factors * Vector512.LoadUnsafe(ref q, (nuint)i))).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < length; i++)
        {
            target[i] = a[i] + (factor * b[i]);
        }
    }

    /// <summary>target = a b, component by component.</summary>
    public static void Multiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int length = Common(target.Length, a.Length, b.Length);
        ref T p = ref MemoryMarshal.GetReference(a);
        ref T q = ref MemoryMarshal.GetReference(b);
        ref T to = ref MemoryMarshal.GetReference(target);
        int i = 0;
        for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            (Vector512.LoadUnsafe(ref p, (nuint)i) * Vector512.LoadUnsafe(ref q, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < length; i++)
        {
            target[i] = a[i] * b[i];
        }
    }

    /// <summary>trial = x + factor (target - x), no further than the bounds.</summary>
    /// <returns>gradient.(target - x), not finite if the target is not.</returns>
    public static double Trial<T>(
        T factor, ReadOnlySpan<T> target, ReadOnlySpan<T> x, ReadOnlySpan<T> gradient, ReadOnlySpan<T> lower, ReadOnlySpan<T> upper,
        Span<T> trial)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int length = Common(
            Common(trial.Length, target.Length, x.Length), gradient.Length, Common(trial.Length, lower.Length, upper.Length));
        ref T goal = ref MemoryMarshal.GetReference(target);
        ref T from = ref MemoryMarshal.GetReference(x);
        ref T slopes = ref MemoryMarshal.GetReference(gradient);
        ref T least = ref MemoryMarshal.GetReference(lower);
        ref T most = ref MemoryMarshal.GetReference(upper);
        ref T to = ref MemoryMarshal.GetReference(trial);
        int i = 0;
        Vector512<T> factors = Vector512.Create(factor);
        Vector512<T> sums = default;
        for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            nuint at = (nuint)i;
            Vector512<T> start = Vector512.LoadUnsafe(ref from, at);
            Vector512<T> direction = Vector512.LoadUnsafe(ref goal, at) - start;
            sums += direction * Vector512.LoadUnsafe(ref slopes, at);

            // A target that is not finite is told by the slope, so that minimum and maximum need not keep a NaN.
            Vector512.MinNative(
                Vector512.MaxNative(
                    start + (factors * direction), Vector512.LoadUnsafe(ref least,
                        at)), Vector512.LoadUnsafe(ref most, at)).StoreUnsafe(ref to, at);
        }

        double slope = Sum(sums);
        for (; i < length; i++)
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
            return Numerics.Vectors.Dot(doubles, doubles);
        }

        ReadOnlySpan<float> floats = MemoryMarshal.Cast<T, float>(a);
        ref float from = ref MemoryMarshal.GetReference(floats);
        Vector512<double> first = default;
        Vector512<double> second = default;
        int i = 0;
        for (; i <= floats.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(Vector512.LoadUnsafe(ref from, (nuint)i));
            first = Vector512.FusedMultiplyAdd(low, low, first);
            second = Vector512.FusedMultiplyAdd(high, high, second);
        }

        double sum = Sum(first + second);
        for (; i < floats.Length; i++)
        {
            sum += (double)floats[i] * floats[i];
        }

        return sum;
    }

    /// <summary>The sum of all lanes, halves added until two are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sum<T>(Vector512<T> vector)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector256<T> half = vector.GetLower() + vector.GetUpper();
        Vector128<T> quarter = half.GetLower() + half.GetUpper();
        return typeof(T) == typeof(double)
            ? double.CreateTruncating(quarter.ToScalar() + quarter.GetElement(1))
            : double.CreateTruncating(quarter.ToScalar() + quarter.GetElement(2) + (quarter.GetElement(1) + quarter.GetElement(3)));
    }

    private static int Common(int first, int second, int third) => first == second && second == third
        ? first
        : throw new ArgumentException($"The rows have {first}, {second} and {third} numbers.");
}
