namespace Retrodict.Cli.Solving;

/// <summary>What a run found.</summary>
internal sealed record SolveRun
{
    /// <summary>A result for every instance.</summary>
    public required InstanceResult[] Results { get; init; }

    /// <summary>The best points, a row an instance; the start where an instance was not begun.</summary>
    public required double[] X { get; init; }

    /// <summary>Wall time of all instances together.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How many instances were solved at the same time.</summary>
    public required int Threads { get; init; }

    public bool Cancelled => Array.Exists(Results, result => result.Summary.Status == SolveStatus.Cancelled);

    public bool AllConverged => Array.TrueForAll(Results, result => result.Summary.Status == SolveStatus.Converged);
}
