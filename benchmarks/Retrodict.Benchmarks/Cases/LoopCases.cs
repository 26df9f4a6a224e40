using Retrodict.Autodiff;
using static Retrodict.Autodiff.Value;

namespace Retrodict.Benchmarks;

/// <summary>What has no peer: long loops, and building programs.</summary>
internal static class LoopCases
{
    public static IReadOnlyList<Case> All { get; } =
    [
        new(
            "composition penalty: trace, gradient and compile, warm",
            _ => new Work(() => Networks.CompositionPenalty(128).Compile<float>())) { Limit = 50_000 },
        new("loop of 10,000 steps on 64 values, double, forward", team => Programs.Run<double>(Loop(), team)),
        new("loop of 10,000 steps on 64 values, double, value and gradient", team => Programs.Run<double>(Loop().ValueAndGradient(), team)),
    ];

    /// <summary>Explicit heat conduction with a nonlinear source, summed up at the end.</summary>
    private static Function Loop() => Function.Trace(
        x => Square(Repeat(10_000, x, u =>
        {
            Value padded = u.Pad(0, 1, 1);
            return u + (0.3 * (padded[2..] - (2 * u) + padded[..^2])) + (0.001 * Sin(u));
        })).Sum(),
        64);
}
