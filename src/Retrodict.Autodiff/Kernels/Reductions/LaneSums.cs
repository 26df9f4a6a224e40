using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Retrodict.Autodiff.Kernels;

/// <summary>
/// The sums of four vectors' lanes side by side, each with the bits of <see cref="WideVector.Sum"/>: vectors are halved in pairs, so that
/// every addition works on whole registers.
/// </summary>
internal static unsafe class LaneSums
{
    /// <summary>Writes the four sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(T* to, Vector512<T> v0, Vector512<T> v1, Vector512<T> v2, Vector512<T> v3)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            Singles(v0.AsSingle(), v1.AsSingle(), v2.AsSingle(), v3.AsSingle()).Store((float*)to);
        }
        else
        {
            Doubles(v0.AsDouble(), v1.AsDouble(), v2.AsDouble(), v3.AsDouble()).Store((double*)to);
        }
    }

    /// <summary>Adds the four sums to what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<T>(T* to, Vector512<T> v0, Vector512<T> v1, Vector512<T> v2, Vector512<T> v3)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            (Vector128.Load((float*)to) + Singles(v0.AsSingle(), v1.AsSingle(), v2.AsSingle(), v3.AsSingle())).Store((float*)to);
        }
        else
        {
            (Vector256.Load((double*)to) + Doubles(v0.AsDouble(), v1.AsDouble(), v2.AsDouble(), v3.AsDouble())).Store((double*)to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Singles(Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3)
    {
        if (Avx512F.IsSupported)
        {
            Vector512<float> low = Avx512F.Shuffle4x128(v0, v1, 0b01_00_01_00) + Avx512F.Shuffle4x128(v0, v1, 0b11_10_11_10);
            Vector512<float> high = Avx512F.Shuffle4x128(v2, v3, 0b01_00_01_00) + Avx512F.Shuffle4x128(v2, v3, 0b11_10_11_10);
            Vector512<float> quarters = Avx512F.Shuffle4x128(low, high, 0b10_00_10_00) + Avx512F.Shuffle4x128(low, high, 0b11_01_11_01);
            quarters += Avx512F.Permute4x32(quarters, 0b01_00_11_10);
            quarters += Avx512F.Permute4x32(quarters, 0b10_11_00_01);
            return Avx512F.PermuteVar16x32(quarters, Vector512.Create(0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12))
                .GetLower().GetLower();
        }

        Vector128<float> s0 = Halved(Quarter(v0));
        Vector128<float> s1 = Halved(Quarter(v1));
        Vector128<float> s2 = Halved(Quarter(v2));
        Vector128<float> s3 = Halved(Quarter(v3));
        return Vector128.Create(s0.GetElement(0), s1.GetElement(0), s2.GetElement(0), s3.GetElement(0))
            + Vector128.Create(s0.GetElement(1), s1.GetElement(1), s2.GetElement(1), s3.GetElement(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Doubles(Vector512<double> v0, Vector512<double> v1, Vector512<double> v2, Vector512<double> v3)
    {
        if (Avx512F.IsSupported)
        {
            Vector512<double> low = Avx512F.Shuffle4x128(v0, v1, 0b01_00_01_00) + Avx512F.Shuffle4x128(v0, v1, 0b11_10_11_10);
            Vector512<double> high = Avx512F.Shuffle4x128(v2, v3, 0b01_00_01_00) + Avx512F.Shuffle4x128(v2, v3, 0b11_10_11_10);
            Vector512<double> quarters = Avx512F.Shuffle4x128(low, high, 0b10_00_10_00) + Avx512F.Shuffle4x128(low, high, 0b11_01_11_01);
            quarters += Avx512F.Permute2x64(quarters, 0b01_01_01_01);
            return Avx512F.PermuteVar8x64(quarters, Vector512.Create(0L, 2, 4, 6, 0, 2, 4, 6)).GetLower();
        }

        return Vector256.Create(WideVector.Sum(v0), WideVector.Sum(v1), WideVector.Sum(v2), WideVector.Sum(v3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Quarter(Vector512<float> v)
    {
        Vector256<float> half = v.GetLower() + v.GetUpper();
        return half.GetLower() + half.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Halved(Vector128<float> quarter) => quarter + Vector128.Shuffle(quarter, Vector128.Create(2, 3, 0, 1));
}
