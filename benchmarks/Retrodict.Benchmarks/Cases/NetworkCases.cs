using Retrodict.Autodiff;
using static Retrodict.Autodiff.Value;

namespace Retrodict.Benchmarks;

/// <summary>The 64-128-64 network and elementwise chains.</summary>
internal static class NetworkCases
{
    public static IReadOnlyList<Case> All { get; } =
    [
        Programs.Torch("network 64-128-64, forward, 1 sample", "mlp-64-128-64-forward-b1", 20, Networks.Forward),
        Programs.Torch(
            "network 64-128-64, value and gradient, 1 sample", "mlp-64-128-64-value-and-grad-b1", 20, () => Networks.ValueAndGradient(1)),
        Programs.Torch(
            "network 64-128-64, value and gradient, 128 samples",
            "mlp-64-128-64-value-and-grad-b128",
            2.5,
            () => Networks.ValueAndGradient(128)),
        Programs.Torch(
            "composition penalty and gradient, 128 samples",
            "jacobian-composition-penalty-step-64-b128",
            6,
            () => Networks.CompositionPenalty(128))
            with { IsLarge = true },
        Programs.Torch("tanh(v) v + v, 65,536 values", "elementwise-tanh-mul-add-65536", 2, () => Chain(65_536)),
    ];

    /// <summary>Work for two threads that the peers' script does not have.</summary>
    public static IReadOnlyList<Case> Large { get; } =
    [
        new("tanh(v) v + v, 1,048,576 values", team => Programs.Run<float>(Chain(1 << 20), team)) { IsLarge = true },
        new("sum of 1,048,576 values", team => Programs.Run<float>(Function.Trace(v => v.Sum(), 1 << 20), team)) { IsLarge = true },
        new("row sums, 1024 x 1024", team => Programs.Run<float>(Function.Trace(v => v.Sum(1), [1024, 1024]), team)) { IsLarge = true },
        new("column sums, 1024 x 1024", team => Programs.Run<float>(Function.Trace(v => v.Sum(0), [1024, 1024]), team)) { IsLarge = true },
    ];

    /// <summary>Programs of many small nodes, where the time goes into calling kernels: some in chains that fuse, some that stand
    /// alone.</summary>
    public static IReadOnlyList<Case> Nodes { get; } =
    [
        new("network 4-8-4, forward", team => Programs.Run<float>(SmallNetwork(), team, perNode: true)) { Limit = 40 },
        new(
            "network 4-8-4, value and gradient",
            team => Programs.Run<float>(SmallNetwork().Gradient(), team, perNode: true)) { Limit = 40 },
        new("32 products of 4 x 4 matrices and vectors", team => Programs.Run<float>(Products(), team, perNode: true)) { Limit = 40 },
        new("32 shifts and scalings of 8 values", team => Programs.Run<float>(Shifts(), team, perNode: true)) { Limit = 40 },
        new(
            "32 shifts and scalings of 8 values, gradient",
            team => Programs.Run<double>(Shifts().Gradient(), team, perNode: true)) { Limit = 40 },
        new("32 means taken off 8 values", team => Programs.Run<double>(Means(), team, perNode: true)) { Limit = 40 },
    ];

    private static Function Chain(int length) => Function.Trace(v => (Tanh(v) * v) + v, length);

    private static Function SmallNetwork() => Function.Trace(
        [("a", [8, 4]), ("b", [4, 8]), ("x", 4)],
        v => [("loss", Square(MatMul(v["b"], LeakyRelu(MatMul(v["a"], v["x"]), 0.1))).Sum())]);

    private static Function Products() => Function.Trace(
        [("a", [4, 4]), ("x", 4)],
        v => [("y", Enumerable.Range(0, 32).Aggregate(v["x"], (x, _) => MatMul(v["a"], x)))]);

    private static Function Shifts() => Function.Trace(
        x => Square(Enumerable.Range(0, 32).Aggregate(x, (u, i) => u.Reverse(0) * (1 + (0.01 * i)))).Sum(), 8);

    /// <summary>A sum, its scaling, its broadcast and a subtraction again and again: neighbors differ in shape, so that none can run in
    /// another's pass.</summary>
    private static Function Means() => Function.Trace(
        x => Enumerable.Range(0, 32).Aggregate(x, (u, _) => u - u.Mean()), 8);
}
