using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Numerics;

/// <summary>Products of a reflection with the rows of a matrix whose rows are padded to whole vectors. All spans of columns have the same
/// length, a multiple of the vector's, and rows stand a stride apart. The order of sums is fixed, so the bits do not depend on the
/// processor's vector width.</summary>
internal static class Reflections
{
    /// <summary>Elements of a vector.</summary>
    public const int Width = 8;

    /// <summary>The number of elements rounded up to whole vectors.</summary>
    public static int Padded(int count) => (count + Width - 1) / Width * Width;

    /// <summary>Where the vector with an element begins.</summary>
    public static int Start(int element) => element / Width * Width;

    /// <summary>w = factor sum over i of v_i A_i.</summary>
    public static void Combine(double factor, ReadOnlySpan<double> v, ReadOnlySpan<double> a, int stride, Span<double> w)
    {
        _ = a[((v.Length - 1) * stride) + w.Length - 1];
        ref double rows = ref MemoryMarshal.GetReference(a);
        Vector512<double> scale = Vector512.Create(factor);
        int column = 0;
        for (; column + (4 * Width) <= w.Length; column += 4 * Width)
        {
            (Vector512<double> first, Vector512<double> second, Vector512<double> third, Vector512<double> fourth) = (
                default, default, default, default);
            ref double row = ref Unsafe.Add(ref rows, column);
            for (int i = 0; i < v.Length; i++, row = ref Unsafe.Add(ref row, stride))
            {
                Vector512<double> weight = Vector512.Create(v[i]);
                first = Vector512.FusedMultiplyAdd(weight, Vector512.LoadUnsafe(ref row), first);
                second = Vector512.FusedMultiplyAdd(weight, Vector512.LoadUnsafe(ref row, Width), second);
                third = Vector512.FusedMultiplyAdd(weight, Vector512.LoadUnsafe(ref row, 2 * Width), third);
                fourth = Vector512.FusedMultiplyAdd(weight, Vector512.LoadUnsafe(ref row, 3 * Width), fourth);
            }

            (scale * first).CopyTo(w[column..]);
            (scale * second).CopyTo(w[(column + Width)..]);
            (scale * third).CopyTo(w[(column + (2 * Width))..]);
            (scale * fourth).CopyTo(w[(column + (3 * Width))..]);
        }

        for (; column < w.Length; column += Width)
        {
            Vector512<double> sum = default;
            ref double row = ref Unsafe.Add(ref rows, column);
            for (int i = 0; i < v.Length; i++, row = ref Unsafe.Add(ref row, stride))
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(v[i]), Vector512.LoadUnsafe(ref row), sum);
            }

            (scale * sum).CopyTo(w[column..]);
        }
    }

    /// <summary>For each row, A_i = B_i - factor (B_i.u) u with B_i = A_i - v_i w.</summary>
    public static void Update(
        ReadOnlySpan<double> v, ReadOnlySpan<double> w, double factor, ReadOnlySpan<double> u, Span<double> a, int stride)
    {
        ReadOnlySpan<Vector512<double>> left = MemoryMarshal.Cast<double, Vector512<double>>(w);
        ReadOnlySpan<Vector512<double>> right = MemoryMarshal.Cast<double, Vector512<double>>(u)[..left.Length];
        for (int i = 0; i < v.Length; i++)
        {
            Span<Vector512<double>> row = MemoryMarshal.Cast<double, Vector512<double>>(a.Slice(i * stride, w.Length))[..left.Length];
            Vector512<double> weight = Vector512.Create(-v[i]);
            Vector512<double> even = default;
            Vector512<double> odd = default;
            for (int j = 0; j < left.Length; j++)
            {
                Vector512<double> value = Vector512.FusedMultiplyAdd(weight, left[j], row[j]);
                row[j] = value;
                (even, odd) = (odd, Vector512.FusedMultiplyAdd(value, right[j], even));
            }

            Vector512<double> sums = even + odd;
            Vector512<double> along = Vector512.Create(-factor * Vector256.Sum(sums.GetLower() + sums.GetUpper()));
            for (int j = 0; j < left.Length; j++)
            {
                row[j] = Vector512.FusedMultiplyAdd(along, right[j], row[j]);
            }
        }
    }
}
