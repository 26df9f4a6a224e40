using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace Retrodict.Autodiff.Kernels;

/// <content>
/// tanh x. From |x| = 5/8 on it is 1 - 2 / (e^(2|x|) + 1), whose subtrahend is less than half the result; below, it is
/// x + x z g(z) with z = x^2 and g of degree 2 over 3 (5 in single precision). The division of doubles by two and the choice
/// of the point where the two forms meet follow Cephes (S. L. Moshier, 1989); both share one division here.
/// </content>
internal static partial class VectorMath
{
    /// <summary>The hyperbolic tangent, relatively accurate near zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Tanh<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => typeof(T) == typeof(float)
            ? TanhSingle(x.As<T, float>()).As<float, T>()
            : TanhDouble(x.As<T, double>()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> TanhDouble(Vector512<double> x)
    {
        var magnitude = Vector512.Abs(x);
        var twice = magnitude + magnitude;
        twice = MinNative(Constant(40.0), twice); // tanh 20 is 1 to the last bit.
        var k = FusedMultiplyAdd(twice, Constant(Log2OfE), Constant(RoundDouble)) - Constant(RoundDouble);
        var r = FusedMultiplyAdd(k, Constant(-Ln2Low), FusedMultiplyAdd(k, Constant(-Ln2High), twice));
        var scale = PowerOfTwoDouble(k);
        var exponential = FusedMultiplyAdd(scale, ExpM1Reduced(r), scale);

        var z = x * x;
        var p = Constant(-0.9643850439830101);
        p = FusedMultiplyAdd(p, z, Constant(-99.2516280995362));
        p = FusedMultiplyAdd(p, z, Constant(-1613.942321121409));
        var q = z + Constant(112.77258130262992);
        q = FusedMultiplyAdd(q, z, Constant(2234.4856696442826));
        q = FusedMultiplyAdd(q, z, Constant(4841.826963364227));

        var small = LessThan(magnitude, Constant(0.625));
        var quotient = ConditionalSelect(small, p * z, Constant(2.0))
            / ConditionalSelect(small, q, exponential + Constant(1.0));
        var result = ConditionalSelect(
            small, FusedMultiplyAdd(magnitude, quotient, magnitude), Constant(1.0) - quotient);
        return WithSign(result, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> TanhSingle(Vector512<float> x)
    {
        var magnitude = Vector512.Abs(x);
        var twice = magnitude + magnitude;
        twice = MinNative(Constant(20.0f), twice);
        var k = FusedMultiplyAdd(twice, Constant((float)Log2OfE), Constant(RoundSingle)) - Constant(RoundSingle);
        var r = FusedMultiplyAdd(k, Constant(-Ln2LowSingle), FusedMultiplyAdd(k, Constant(-Ln2HighSingle), twice));
        var scale = PowerOfTwoSingle(k);
        var exponential = FusedMultiplyAdd(scale, ExpM1Reduced(r), scale);
        var large = Constant(1.0f) - Constant(2.0f) / (exponential + Constant(1.0f));

        var z = x * x;
        var p = Constant(0.00229255762f);
        p = FusedMultiplyAdd(p, z, Constant(-0.00834378041f));
        p = FusedMultiplyAdd(p, z, Constant(0.021768868f));
        p = FusedMultiplyAdd(p, z, Constant(-0.0539592542f));
        p = FusedMultiplyAdd(p, z, Constant(0.133333042f));
        p = FusedMultiplyAdd(p, z, Constant(-0.333333343f));
        var small = FusedMultiplyAdd(magnitude * z, p, magnitude);

        return WithSign(ConditionalSelect(LessThan(magnitude, Constant(0.625f)), small, large), x);
    }
}
