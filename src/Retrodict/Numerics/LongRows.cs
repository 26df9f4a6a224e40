using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Numerics;

/// <summary>Products with matrices of a few long rows, row-major. Vectors are read once for several rows. The order of sums is fixed, so
/// the bits do not depend on the processor's vector width.</summary>
internal static class LongRows
{
    /// <summary>b = A v, for A of [b.Length, v.Length].</summary>
    public static void Times(ReadOnlySpan<double> a, ReadOnlySpan<double> v, Span<double> b)
    {
        int length = v.Length;
        int row = 0;
        for (; row + 4 <= b.Length; row += 4)
        {
            FourDots(a.Slice(row * length, 4 * length), v, b.Slice(row, 4));
        }

        for (; row < b.Length; row++)
        {
            b[row] = Vectors.Dot(a.Slice(row * length, length), v);
        }
    }

    /// <summary>b += A^T c, for A of [c.Length, b.Length].</summary>
    public static void AddTransposedTimes(ReadOnlySpan<double> a, ReadOnlySpan<double> c, Span<double> b)
    {
        int length = b.Length;
        int row = 0;
        for (; row + 4 <= c.Length; row += 4)
        {
            AddFour(a.Slice(row * length, 4 * length), c.Slice(row, 4), b);
        }

        for (; row < c.Length; row++)
        {
            Vectors.Add(c[row], a.Slice(row * length, length), b);
        }
    }

    /// <summary>The order of every sum is that of <see cref="Vectors.Dot"/>.</summary>
    private static void FourDots(ReadOnlySpan<double> a, ReadOnlySpan<double> v, Span<double> b)
    {
        int length = v.Length;
        ReadOnlySpan<Vector256<double>> right = MemoryMarshal.Cast<double, Vector256<double>>(v);
        ReadOnlySpan<Vector256<double>> first = MemoryMarshal.Cast<double, Vector256<double>>(a[..length])[..right.Length];
        ReadOnlySpan<Vector256<double>> second = MemoryMarshal.Cast<double, Vector256<double>>(a.Slice(length, length))[..right.Length];
        ReadOnlySpan<Vector256<double>> third = MemoryMarshal.Cast<double, Vector256<double>>(a.Slice(2 * length, length))[..right.Length];
        ReadOnlySpan<Vector256<double>> fourth = MemoryMarshal.Cast<double, Vector256<double>>(a.Slice(3 * length, length))[..right.Length];
        Vector256<double> even0 = default, even1 = default, even2 = default, even3 = default;
        Vector256<double> odd0 = default, odd1 = default, odd2 = default, odd3 = default;
        int i = 0;
        for (; i + 1 < right.Length; i += 2)
        {
            Vector256<double> value = right[i];
            Vector256<double> next = right[i + 1];
            even0 = Vector256.FusedMultiplyAdd(first[i], value, even0);
            even1 = Vector256.FusedMultiplyAdd(second[i], value, even1);
            even2 = Vector256.FusedMultiplyAdd(third[i], value, even2);
            even3 = Vector256.FusedMultiplyAdd(fourth[i], value, even3);
            odd0 = Vector256.FusedMultiplyAdd(first[i + 1], next, odd0);
            odd1 = Vector256.FusedMultiplyAdd(second[i + 1], next, odd1);
            odd2 = Vector256.FusedMultiplyAdd(third[i + 1], next, odd2);
            odd3 = Vector256.FusedMultiplyAdd(fourth[i + 1], next, odd3);
        }

        if (i < right.Length)
        {
            Vector256<double> value = right[i];
            even0 = Vector256.FusedMultiplyAdd(first[i], value, even0);
            even1 = Vector256.FusedMultiplyAdd(second[i], value, even1);
            even2 = Vector256.FusedMultiplyAdd(third[i], value, even2);
            even3 = Vector256.FusedMultiplyAdd(fourth[i], value, even3);
        }

        (b[0], b[1], b[2], b[3]) = (
            Vector256.Sum(even0 + odd0), Vector256.Sum(even1 + odd1), Vector256.Sum(even2 + odd2), Vector256.Sum(even3 + odd3));
        for (int j = right.Length * Vector256<double>.Count; j < length; j++)
        {
            for (int k = 0; k < 4; k++)
            {
                b[k] = Math.FusedMultiplyAdd(a[(k * length) + j], v[j], b[k]);
            }
        }
    }

    private static void AddFour(ReadOnlySpan<double> a, ReadOnlySpan<double> c, Span<double> b)
    {
        int length = b.Length;
        Span<Vector256<double>> sum = MemoryMarshal.Cast<double, Vector256<double>>(b);
        ReadOnlySpan<Vector256<double>> first = MemoryMarshal.Cast<double, Vector256<double>>(a[..length])[..sum.Length];
        ReadOnlySpan<Vector256<double>> second = MemoryMarshal.Cast<double, Vector256<double>>(a.Slice(length, length))[..sum.Length];
        ReadOnlySpan<Vector256<double>> third = MemoryMarshal.Cast<double, Vector256<double>>(a.Slice(2 * length, length))[..sum.Length];
        ReadOnlySpan<Vector256<double>> fourth = MemoryMarshal.Cast<double, Vector256<double>>(a.Slice(3 * length, length))[..sum.Length];
        (Vector256<double> c0, Vector256<double> c1) = (Vector256.Create(c[0]), Vector256.Create(c[1]));
        (Vector256<double> c2, Vector256<double> c3) = (Vector256.Create(c[2]), Vector256.Create(c[3]));
        for (int i = 0; i < sum.Length; i++)
        {
            Vector256<double> value = Vector256.FusedMultiplyAdd(c1, second[i], Vector256.FusedMultiplyAdd(c0, first[i], sum[i]));
            sum[i] = Vector256.FusedMultiplyAdd(c3, fourth[i], Vector256.FusedMultiplyAdd(c2, third[i], value));
        }

        for (int j = sum.Length * Vector256<double>.Count; j < length; j++)
        {
            for (int k = 0; k < 4; k++)
            {
                b[j] = Math.FusedMultiplyAdd(c[k], a[(k * length) + j], b[j]);
            }
        }
    }
}
