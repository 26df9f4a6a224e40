using Retrodict.Autodiff;

namespace Retrodict.Benchmarks;

/// <summary>What is timed: one row of the table, and one question for BenchmarkDotNet.</summary>
/// <param name="Name">What the row says.</param>
/// <param name="Prepare">Makes the work for a team of threads, warm-up excluded.</param>
internal sealed record Case(string Name, Func<ThreadTeam, Work> Prepare)
{
    /// <summary>The case of a peer script that does the same; null if there is none.</summary>
    public PeerCase? Peer { get; init; }

    /// <summary>Makes work whose every instance ends once its cost is at most the peer's of that instance, given those; null for work that
    /// ends by its own rule. Without the peer <see cref="Prepare"/> is timed.</summary>
    public Func<ThreadTeam, double[], Work>? PrepareTo { get; init; }

    /// <summary>How many times as fast as the peer it should be; null if there is no goal.</summary>
    public double? Goal { get; init; }

    /// <summary>The longest time in the section's unit, for rows without a peer; null if there is no goal.</summary>
    public double? Limit { get; init; }

    /// <summary>Whether the work is large enough that two threads should nearly halve its time.</summary>
    public bool IsLarge { get; init; }
}

/// <summary>A case of a peer script.</summary>
/// <param name="Script">The script's name under benchmarks/peers.</param>
/// <param name="Name">The case's name in it.</param>
internal sealed record PeerCase(string Script, string Name)
{
    public const string Torch = "torch_peer.py";

    public const string SciPy = "scipy_peer.py";
}

/// <summary>Work that is ready to run.</summary>
/// <param name="Run">One run.</param>
/// <param name="Count">What one run's time is divided by: the nodes of a program where the time of one is asked, otherwise 1.</param>
/// <param name="Costs">The final costs of the first so many instances, for solvers.</param>
internal sealed record Work(Action Run, int Count = 1, Func<int, double[]>? Costs = null);

/// <summary>Cases in one unit under one heading.</summary>
internal sealed record Section(string Title, string Unit, IReadOnlyList<Case> Cases)
{
    /// <summary>What the cases are held against, for the heading of the column; null for nothing.</summary>
    public string? Beside { get; init; }

    /// <summary>Whether our cases run on two threads and the column beside them is ours on one.</summary>
    public bool ComparesThreads { get; init; }
}
