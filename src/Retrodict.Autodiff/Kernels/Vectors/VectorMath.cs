using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>
/// Elementary functions of sixteen floats or eight doubles. Only those two element types are supported.
/// </summary>
/// <remarks>
/// <para>
/// Everything is written for <see cref="Vector512{T}"/>; without AVX-512 the runtime works on its halves. A lane's bits
/// depend on that lane alone: no function chooses a path by looking at its neighbors, so results do not change with an
/// element's position in a span. The bits are also the same for every vector width, because the products that matter are
/// fused by definition (<see cref="Vector512.FusedMultiplyAdd(Vector512{double}, Vector512{double}, Vector512{double})"/>)
/// and not when the machine feels like it (<c>MultiplyAddEstimate</c>).
/// </para>
/// <para>
/// The polynomials are Chebyshev interpolants computed to 60 digits for the function and interval named beside them.
/// They stand in their functions as plain Horner chains of intrinsics: helpers around them would spend the inlining budget
/// of the loops these functions are inlined into.
/// </para>
/// </remarks>
internal static partial class VectorMath
{
    // Adding 1.5 * 2^52 (or 2^23) leaves the nearest integer in the low mantissa bits: rounding without a conversion
    // instruction, which 64-bit integers lack below AVX-512. Valid for |x| < 2^51 (2^22).
    private const double RoundDouble = 6755399441055744.0;
    private const float RoundSingle = 12582912.0f;

    /// <summary>x * y + z, rounded once, for either element type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Fused<T>(Vector512<T> x, Vector512<T> y, Vector512<T> z)
        where T : unmanaged, IFloatingPointIeee754<T>
        => typeof(T) == typeof(float)
            ? Vector512.FusedMultiplyAdd(x.As<T, float>(), y.As<T, float>(), z.As<T, float>()).As<float, T>()
            : Vector512.FusedMultiplyAdd(x.As<T, double>(), y.As<T, double>(), z.As<T, double>()).As<double, T>();

    /// <summary>A literal in every lane; unlike <c>T.CreateTruncating</c> it is a constant to the JIT.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Constant<T>(double value)
        where T : unmanaged, IFloatingPointIeee754<T>
        => typeof(T) == typeof(float)
            ? Constant((float)value).As<float, T>()
            : Constant(value).As<double, T>();

    // Without AVX-512 the software form of Vector512.Create(c) is a chain of methods that the runtime does not mark for
    // aggressive inlining; some twenty constants exhaust the JIT's inlining budget, and everything after them becomes calls.
    // Two constants of half the size do not. For the same reason this class writes As<long, double>() instead of AsDouble().
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Constant(double value)
        => Vector512.IsHardwareAccelerated
            ? Vector512.Create(value)
            : Vector512.Create<double>(Vector256.Create(value), Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Constant(float value)
        => Vector512.IsHardwareAccelerated
            ? Vector512.Create(value)
            : Vector512.Create<float>(Vector256.Create(value), Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Constant(long value)
        => Vector512.IsHardwareAccelerated
            ? Vector512.Create(value)
            : Vector512.Create<long>(Vector256.Create(value), Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Constant(int value)
        => Vector512.IsHardwareAccelerated
            ? Vector512.Create(value)
            : Vector512.Create<int>(Vector256.Create(value), Vector256.Create(value));

    /// <summary>2^k for an integer k in -1022..1023 that is held as a floating-point number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> PowerOfTwoDouble(Vector512<double> k)
        => ((k + Constant(RoundDouble + 1023.0)).As<double, long>() << 52).As<long, double>();

    /// <summary>2^k for an integer k in -126..127 that is held as a floating-point number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PowerOfTwoSingle(Vector512<float> k)
        => ((k + Constant(RoundSingle + 127.0f)).As<float, int>() << 23).As<int, float>();

    /// <summary>The magnitude of one vector under the sign bits of another; the magnitude's own sign must be clear.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> WithSign(Vector512<double> magnitude, Vector512<double> sign)
        => magnitude | (sign & Constant(-0.0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> WithSign(Vector512<float> magnitude, Vector512<float> sign)
        => magnitude | (sign & Constant(-0.0f));
}
