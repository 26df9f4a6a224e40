using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Learning;

/// <summary>
/// Loops of the optimizers, each element by itself. What does not fill a vector goes through the same operations one by one, each rounded
/// the same way, so the bits depend neither on an element's place nor on the processor's vectors.
/// </summary>
internal static class OptimizerKernels
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Adam(
        in AdamFactors factors, Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second)
    {
        int whole = parameters.Length - (parameters.Length % Vector512<float>.Count);
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradient);
        ref float m = ref MemoryMarshal.GetReference(first);
        ref float v = ref MemoryMarshal.GetReference(second);
        var penalty = Vector512.Create(factors.Penalty);
        var shrink = Vector512.Create(factors.Shrink);
        var firstGain = Vector512.Create(factors.FirstGain);
        var secondDecay = Vector512.Create(factors.SecondDecay);
        var secondGain = Vector512.Create(factors.SecondGain);
        var inverseRoot = Vector512.Create(factors.InverseRoot);
        var epsilon = Vector512.Create(factors.Epsilon);
        var length = Vector512.Create(factors.Length);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector512<float>.Count)
        {
            Vector512<float> parameter = Vector512.LoadUnsafe(ref p, i);
            Vector512<float> slope = Vector512.FusedMultiplyAdd(penalty, parameter, Vector512.LoadUnsafe(ref g, i));
            Vector512<float> mean = Vector512.LoadUnsafe(ref m, i);
            mean = Vector512.FusedMultiplyAdd(firstGain, slope - mean, mean);
            Vector512<float> square = Vector512.FusedMultiplyAdd(secondDecay, Vector512.LoadUnsafe(ref v, i), secondGain * (slope * slope));
            mean.StoreUnsafe(ref m, i);
            square.StoreUnsafe(ref v, i);
            Vector512<float> scale = Vector512.FusedMultiplyAdd(Vector512.Sqrt(square), inverseRoot, epsilon);
            Vector512<float> shrunk = Vector512.FusedMultiplyAdd(shrink, parameter, parameter);
            Vector512.FusedMultiplyAdd(length, mean / scale, shrunk).StoreUnsafe(ref p, i);
        }

        for (int i = whole; i < parameters.Length; i++)
        {
            float parameter = parameters[i];
            float slope = MathF.FusedMultiplyAdd(factors.Penalty, parameter, gradient[i]);
            float mean = MathF.FusedMultiplyAdd(factors.FirstGain, slope - first[i], first[i]);
            float square = MathF.FusedMultiplyAdd(factors.SecondDecay, second[i], factors.SecondGain * (slope * slope));
            first[i] = mean;
            second[i] = square;
            float scale = MathF.FusedMultiplyAdd(MathF.Sqrt(square), factors.InverseRoot, factors.Epsilon);
            float shrunk = MathF.FusedMultiplyAdd(factors.Shrink, parameter, parameter);
            parameters[i] = MathF.FusedMultiplyAdd(factors.Length, mean / scale, shrunk);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Momentum(
        float penalty,
        float momentum,
        bool lookAhead,
        float length,
        Span<float> parameters,
        ReadOnlySpan<float> gradient,
        Span<float> velocity)
    {
        int whole = parameters.Length - (parameters.Length % Vector512<float>.Count);
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradient);
        ref float b = ref MemoryMarshal.GetReference(velocity);
        var (penalties, decays, lengths) = (Vector512.Create(penalty), Vector512.Create(momentum), Vector512.Create(length));
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector512<float>.Count)
        {
            Vector512<float> parameter = Vector512.LoadUnsafe(ref p, i);
            Vector512<float> slope = Vector512.FusedMultiplyAdd(penalties, parameter, Vector512.LoadUnsafe(ref g, i));
            Vector512<float> speed = Vector512.FusedMultiplyAdd(decays, Vector512.LoadUnsafe(ref b, i), slope);
            speed.StoreUnsafe(ref b, i);
            Vector512<float> direction = lookAhead ? Vector512.FusedMultiplyAdd(decays, speed, slope) : speed;
            Vector512.FusedMultiplyAdd(lengths, direction, parameter).StoreUnsafe(ref p, i);
        }

        for (int i = whole; i < parameters.Length; i++)
        {
            float slope = MathF.FusedMultiplyAdd(penalty, parameters[i], gradient[i]);
            float speed = MathF.FusedMultiplyAdd(momentum, velocity[i], slope);
            velocity[i] = speed;
            float direction = lookAhead ? MathF.FusedMultiplyAdd(momentum, speed, slope) : speed;
            parameters[i] = MathF.FusedMultiplyAdd(length, direction, parameters[i]);
        }
    }

    /// <summary>average += gain (parameters - average).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Average(float gain, ReadOnlySpan<float> parameters, Span<float> average)
    {
        int whole = average.Length - (average.Length % Vector512<float>.Count);
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float a = ref MemoryMarshal.GetReference(average);
        var gains = Vector512.Create(gain);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector512<float>.Count)
        {
            Vector512<float> old = Vector512.LoadUnsafe(ref a, i);
            Vector512.FusedMultiplyAdd(gains, Vector512.LoadUnsafe(ref p, i) - old, old).StoreUnsafe(ref a, i);
        }

        for (int i = whole; i < average.Length; i++)
        {
            average[i] = MathF.FusedMultiplyAdd(gain, parameters[i] - average[i], average[i]);
        }
    }
}
