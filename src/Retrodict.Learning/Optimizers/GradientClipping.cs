using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Learning;

/// <summary>
/// Gradients that are too long are shortened: where ‖g‖ is above a limit, g becomes limit g / ‖g‖, with the norm over all
/// parameters together.
/// </summary>
/// <remarks>
/// R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks", ICML (2013), algorithm 1.
/// </remarks>
internal static class GradientClipping
{
    /// <summary>
    /// ‖g‖, summed in double precision in an order that depends on the length alone; not finite exactly where an element is not.
    /// </summary>
    /// <param name="gradient">The gradient.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Norm(ReadOnlySpan<float> gradient)
    {
        Vector512<double> even = default;
        Vector512<double> odd = default;
        int whole = gradient.Length - (gradient.Length % Vector512<float>.Count);
        ref float g = ref MemoryMarshal.GetReference(gradient);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector512<float>.Count)
        {
            (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(Vector512.LoadUnsafe(ref g, i));
            even = Vector512.FusedMultiplyAdd(lower, lower, even);
            odd = Vector512.FusedMultiplyAdd(upper, upper, odd);
        }

        Vector512<double> lanes = even + odd;
        Vector256<double> half = lanes.GetLower() + lanes.GetUpper();
        Vector128<double> quarter = half.GetLower() + half.GetUpper();
        double sum = quarter[0] + quarter[1];
        for (int i = whole; i < gradient.Length; i++)
        {
            sum = Math.FusedMultiplyAdd((double)gradient[i], gradient[i], sum);
        }

        return Math.Sqrt(sum);
    }

    /// <summary>Shortens a gradient to a largest norm.</summary>
    /// <param name="gradient">The gradient; changed where it is too long. One that is not finite is left alone.</param>
    /// <param name="limit">The largest norm, above 0.</param>
    /// <returns>The norm before.</returns>
    public static double Clip(Span<float> gradient, double limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        double norm = Norm(gradient);
        if (norm > limit && double.IsFinite(norm))
        {
            Scale(gradient, (float)(limit / norm));
        }

        return norm;
    }

    private static void Scale(Span<float> gradient, float factor)
    {
        Span<Vector512<float>> vectors = MemoryMarshal.Cast<float, Vector512<float>>(gradient);
        foreach (ref Vector512<float> vector in vectors)
        {
            vector *= factor;
        }

        foreach (ref float element in gradient[(vectors.Length * Vector512<float>.Count)..])
        {
            element *= factor;
        }
    }
}
