using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace Retrodict.Autodiff.Kernels;

/// <content>
/// e^x - 1 without cancellation: with the reduction of e^x, it is 2^k (e^r - 1) + (2^k - 1). Twice the half of it is
/// computed, so that 2^k itself need not be representable when the result is.
/// </content>
internal static partial class VectorMath
{
    /// <summary>e^x - 1, relatively accurate near zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ExpM1<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => typeof(T) == typeof(float)
            ? ExpM1Single(x.As<T, float>()).As<float, T>()
            : ExpM1Double(x.As<T, double>()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ExpM1Double(Vector512<double> x)
    {
        var bounded = MaxNative(Constant(-40.0), MinNative(Constant(710.0), x)); // e^-40 is lost beside -1.
        var k = FusedMultiplyAdd(bounded, Constant(Log2OfE), Constant(RoundDouble)) - Constant(RoundDouble);
        var r = FusedMultiplyAdd(k, Constant(-Ln2Low), FusedMultiplyAdd(k, Constant(-Ln2High), bounded));
        var halfScale = PowerOfTwoDouble(k - Constant(1.0));
        var half = FusedMultiplyAdd(halfScale, ExpM1Reduced(r), halfScale - Constant(0.5));

        // Below 2^-54 the result is x to the last bit; the halving above would spoil subnormals and the sign of -0.
        return ConditionalSelect(LessThan(Vector512.Abs(x), Constant(5.5e-17)), x, half + half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ExpM1Single(Vector512<float> x)
    {
        var bounded = MaxNative(Constant(-20.0f), MinNative(Constant(89.0f), x));
        var k = FusedMultiplyAdd(bounded, Constant((float)Log2OfE), Constant(RoundSingle)) - Constant(RoundSingle);
        var r = FusedMultiplyAdd(k, Constant(-Ln2LowSingle), FusedMultiplyAdd(k, Constant(-Ln2HighSingle), bounded));
        var halfScale = PowerOfTwoSingle(k - Constant(1.0f));
        var half = FusedMultiplyAdd(halfScale, ExpM1Reduced(r), halfScale - Constant(0.5f));
        return ConditionalSelect(LessThan(Vector512.Abs(x), Constant(2.9e-8f)), x, half + half);
    }
}
