using Retrodict.Autodiff;
using static Retrodict.Autodiff.Value;

namespace Retrodict.Benchmarks;

/// <summary>Matrix products, products with vectors, and reductions.</summary>
internal static class ProductCases
{
    public static IReadOnlyList<Case> All { get; } =
    [
        .. new[] { 128, 256, 512, 1024 }.Select(n => Programs.Torch(
            $"matrix product {n}", $"gemm-{n}", 1.1, () =>
                Function.Trace([("a", [n, n]), ("b", [n, n])], v => [("c", MatMul(v["a"], v["b"]))]))
            with { IsLarge = n >= 512 }),
        .. new[] { 64, 256, 1024 }.SelectMany(n => Vectors(n, transposed: false)),
        .. new[] { 64, 256, 1024 }.SelectMany(n => Vectors(n, transposed: true)),
        .. Reduction("sum of 65,536 values", "sum", x => x.Sum()),
        .. Reduction("row sums, 256 x 256", "row-sums", x => x.Sum(1)),
        .. Reduction("column sums, 256 x 256", "column-sums", x => x.Sum(0)),
        .. Reduction("row maxima, 256 x 256", "row-maxima", x => x.Max(1)),
    ];

    private static IEnumerable<Case> Vectors(int n, bool transposed) => Programs.BothTypes(
        $"{(transposed ? "transposed matrix" : "matrix")} times vector {n}", $"{(transposed ? "transposed-" : "")}matrix-vector", $"{n}",
        () => Function.Trace([("a", [n, n]), ("x", n)], v => [("y", MatMul(transposed ? v["a"].Permute() : v["a"], v["x"]))]));

    private static IEnumerable<Case> Reduction(string name, string peer, Func<Value, Value> reduce) =>
        Programs.BothTypes(name, peer, "256", () => Function.Trace(reduce, [256, 256]));
}
