namespace Retrodict.Comparison;

/// <summary>What a run of a case found.</summary>
public sealed record SolveRun
{
    /// <summary>What was run.</summary>
    public required SolveCase Case { get; init; }

    /// <summary>A result for every instance.</summary>
    public required IReadOnlyList<InstanceResult> Results { get; init; }

    /// <summary>The best points, a row an instance; the start, moved into the box, where an instance was not begun.</summary>
    public required RowTable X { get; init; }

    /// <summary>Wall time of all instances by all methods that took turns.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How many instances were solved at the same time.</summary>
    public required int Threads { get; init; }

    /// <summary>Whether there is an instance that a cancellation ended or kept from beginning.</summary>
    public bool Cancelled => Results.Any(result => result.Summary.Status == SolveStatus.Cancelled);

    /// <summary>Whether all instances converged.</summary>
    public bool AllConverged => Results.All(result => result.Summary.Status == SolveStatus.Converged);
}
