using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Retrodict.Autodiff.Kernels;

/// <summary>
/// Loads and stores of the first few lanes of a vector, so that short spans go through the same arithmetic as long ones.
/// </summary>
internal static unsafe class PartialVector
{
    /// <summary>
    /// The first <paramref name="count"/> lanes from memory (fewer than a whole vector), the others from <paramref name="padding"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load<T>(ref readonly T source, int count, Vector512<T> padding)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Avx512F.IsSupported)
        {
            // Masked lanes are not read, so nothing beyond the span is touched; the fixed statement costs nothing.
            fixed (T* pointer = &source)
            {
                return typeof(T) == typeof(float)
                    ? Avx512F.MaskLoad((float*)pointer, FirstSingle(count), padding.AsSingle()).As<float, T>()
                    : Avx512F.MaskLoad((double*)pointer, FirstDouble(count), padding.AsDouble()).As<double, T>();
            }
        }

        if (Avx.IsSupported)
        {
            fixed (T* pointer = &source)
            {
                if (typeof(T) == typeof(float))
                {
                    var mask = FirstSingle(count);
                    var read = Vector512.Create(
                        Avx.MaskLoad((float*)pointer, mask.GetLower()), Avx.MaskLoad((float*)pointer + 8, mask.GetUpper()));
                    return Vector512.ConditionalSelect(mask, read, padding.AsSingle()).As<float, T>();
                }
                else
                {
                    var mask = FirstDouble(count);
                    var read = Vector512.Create(
                        Avx.MaskLoad((double*)pointer, mask.GetLower()), Avx.MaskLoad((double*)pointer + 4, mask.GetUpper()));
                    return Vector512.ConditionalSelect(mask, read, padding.AsDouble()).As<double, T>();
                }
            }
        }

        return Copy(in source, count, padding);
    }

    /// <summary>Writes the first <paramref name="count"/> lanes (fewer than a whole vector).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector512<T> vector, ref T destination, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Avx512F.IsSupported)
        {
            fixed (T* pointer = &destination)
            {
                if (typeof(T) == typeof(float))
                {
                    Avx512F.MaskStore((float*)pointer, FirstSingle(count), vector.AsSingle());
                }
                else
                {
                    Avx512F.MaskStore((double*)pointer, FirstDouble(count), vector.AsDouble());
                }
            }

            return;
        }

        if (Avx.IsSupported)
        {
            fixed (T* pointer = &destination)
            {
                if (typeof(T) == typeof(float))
                {
                    var mask = FirstSingle(count);
                    Avx.MaskStore((float*)pointer, mask.GetLower(), vector.AsSingle().GetLower());
                    Avx.MaskStore((float*)pointer + 8, mask.GetUpper(), vector.AsSingle().GetUpper());
                }
                else
                {
                    var mask = FirstDouble(count);
                    Avx.MaskStore((double*)pointer, mask.GetLower(), vector.AsDouble().GetLower());
                    Avx.MaskStore((double*)pointer + 4, mask.GetUpper(), vector.AsDouble().GetUpper());
                }
            }

            return;
        }

        CopyBack(vector, ref destination, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FirstSingle(int count)
        => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> FirstDouble(int count)
        => Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).AsDouble();

    // Apart, so that the address taken of a local does not keep the callers' vectors out of registers.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector512<T> Copy<T>(ref readonly T source, int count, Vector512<T> padding)
        where T : unmanaged
    {
        var buffer = padding;
        var lanes = (T*)&buffer;
        for (var lane = 0; lane < count; lane++)
        {
            lanes[lane] = Unsafe.Add(ref Unsafe.AsRef(in source), lane);
        }

        return buffer;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void CopyBack<T>(Vector512<T> vector, ref T destination, int count)
        where T : unmanaged
    {
        var lanes = (T*)&vector;
        for (var lane = 0; lane < count; lane++)
        {
            Unsafe.Add(ref destination, lane) = lanes[lane];
        }
    }
}
