namespace Retrodict.Benchmarks;

/// <summary>The whole table.</summary>
internal static class Sections
{
    private static readonly Case[] _torch =
        [.. NetworkCases.All, .. ProductCases.All, .. ConvolutionCases.All, .. TransformCases.All, .. SolveCases.All];

    public static IReadOnlyList<Section> All { get; } =
    [
        new("Beside PyTorch", "us", _torch) { Beside = "PyTorch" },
        new("Without a peer", "us", LoopCases.All),
        new("Time of one node of a warm plan, fused nodes counted each", "ns", NetworkCases.Nodes),
        new(
            "Two threads beside one",
            "us",
            [
                .. _torch.Concat(NetworkCases.Large).Concat(SolveCases.Large).Where(entry => entry.IsLarge)
                    .Select(entry => entry with { Peer = null, Goal = 1.7 }),
            ])
        {
            Beside = "one thread",
            ComparesThreads = true,
        },
        new("heat-1d, one instance, double", "us", HeatCases.All) { Beside = "SciPy" },
        new("heat-1d with a learned pair, one instance", "us", LearnedCases.All),
        new("heat-1d with a learned pair, an instance of a batch", "ns", LearnedCases.Batches),
    ];
}
