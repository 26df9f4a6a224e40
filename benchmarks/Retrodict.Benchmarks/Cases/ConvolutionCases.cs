using Retrodict.Autodiff;
using static Retrodict.Autodiff.Value;

namespace Retrodict.Benchmarks;

/// <summary>3-wide kernels with zero padding and bias, as PyTorch's layers have them; backward gives the gradients of input, kernel and
/// bias.</summary>
internal static class ConvolutionCases
{
    public static IReadOnlyList<Case> All { get; } =
    [
        .. Layer(12, [8, 8, 8], 1, 3, null),
        .. Layer(12, [8, 8, 8], 32, 1, 2),
        .. Layer(16, [64, 64], 1, 1, null),
        .. Layer(16, [64, 64], 32, null, 1.5),
        .. Layer(48, [32, 32], 16, null, 1),
    ];

    private static IEnumerable<Case> Layer(int channels, int[] size, int samples, double? forwardGoal, double? backwardGoal)
    {
        string name = $"{size.Length}-D convolution, {channels} channels on {size[0]}^{size.Length}, {samples} "
            + $"sample{(samples == 1 ? "" : "s")}";
        string peer = $"conv{size.Length}d-{channels}ch-{size[0]}^{size.Length}";
        yield return Programs.Torch(
            $"{name}, forward", $"{peer}-forward-b{samples}", forwardGoal, () => Convolution(channels, size, samples))
            with { IsLarge = samples == 32 };
        yield return Programs.Torch(
            $"{name}, forward and backward", $"{peer}-forward-backward-b{samples}", backwardGoal, () =>
                Convolution(channels, size, samples).Vjp())
            with { IsLarge = samples == 32 };
    }

    private static Function Convolution(int channels, int[] size, int samples)
    {
        Shape input = Shape.Of([channels, .. size]);
        Shape kernel = Shape.Of([channels, channels, .. size.Select(_ => 3)]);
        return Function.Trace(
            [("w", kernel), ("b", Shape.Of([channels, .. size.Select(_ => 1)])), ("x", input)],
            v => [("y", Convolve(v["x"], v["w"], new ConvolutionOptions { Padding = Padding.Same }) + v["b"])],
            "layer").Batch(samples, "x");
    }
}
