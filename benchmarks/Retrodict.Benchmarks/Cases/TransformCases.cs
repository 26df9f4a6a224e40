using Retrodict.Autodiff;
using static Retrodict.Autodiff.Value;

namespace Retrodict.Benchmarks;

/// <summary>Fourier transforms.</summary>
internal static class TransformCases
{
    public static IReadOnlyList<Case> All { get; } =
    [
        .. new[] { 32, 64, 128 }.Select(n => Programs.Torch(
            $"real FFT and back, {n} x {n}", $"rfft2-irfft2-{n}", 1, () => Function.Trace(x => InverseRealFft(RealFft(x), n), [n, n]))),
    ];
}
