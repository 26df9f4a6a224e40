using Retrodict.Autodiff;
using static Retrodict.Autodiff.Value;

namespace Retrodict.Benchmarks;

/// <summary>Linear systems.</summary>
internal static class SolveCases
{
    public static IReadOnlyList<Case> All { get; } =
    [
        .. new[] { 64, 256, 512, 1024 }.Select(n => new Case(
            $"Cholesky solve {n}, double", team => Programs.Run<double>(Positive(n), team, dominantDiagonal: true))
        {
            Peer = new PeerCase(PeerCase.Torch, $"cholesky-solve-f64-{n}"),
            Goal = 1,
            IsLarge = n == 1024,
        }),
        .. Triangular(256, 1),
        .. Triangular(256, 256),
    ];

    /// <summary>Work for two threads that the peers' script does not have.</summary>
    public static IReadOnlyList<Case> Large { get; } =
    [
        new(
            "triangular solve 1024 with 1024 right sides, double",
            team => Programs.Run<double>(Lower(1024, 1024), team, dominantDiagonal: true)) { IsLarge = true },
    ];

    private static IEnumerable<Case> Triangular(int n, int columns) => Programs.BothTypes(
        $"triangular solve {n} with {columns} right side{(columns == 1 ? "" : "s")}", "triangular-solve", $"{n}-{columns}",
        () => Lower(n, columns), dominantDiagonal: true);

    private static Function Lower(int n, int columns) =>
        Function.Trace([("a", [n, n]), ("b", [n, columns])], v => [("x", SolveTriangular(v["a"], v["b"]))]);

    private static Function Positive(int n) =>
        Function.Trace([("a", [n, n]), ("b", [n, 1])], v => [("x", SolvePositiveDefinite(v["a"], v["b"]))]);
}
