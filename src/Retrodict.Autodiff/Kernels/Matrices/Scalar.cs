using System.Numerics;
using System.Runtime.CompilerServices;

namespace Retrodict.Autodiff.Kernels;

/// <summary>Single elements, with the arithmetic of the vector paths.</summary>
internal static unsafe class Scalar
{
    /// <summary>Writes one element of a product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Update<T>(T* c, T value, ProductUpdate update)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            *c = Unsafe.BitCast<float, T>(Apply(*(float*)c, Unsafe.BitCast<T, float>(value), update));
        }
        else if (typeof(T) == typeof(double))
        {
            *c = Unsafe.BitCast<double, T>(Apply(*(double*)c, Unsafe.BitCast<T, double>(value), update));
        }
        else
        {
            throw new NotSupportedException($"Dense kernels exist for float and double, not for {typeof(T)}.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Apply<T>(T previous, T value, ProductUpdate update)
        where T : IFloatingPointIeee754<T> => update switch
        {
            ProductUpdate.Add => previous + value,
            ProductUpdate.Subtract => previous - value,
            _ => value,
        };
}
