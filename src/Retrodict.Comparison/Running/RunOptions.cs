namespace Retrodict.Comparison;

/// <summary>How cases are run.</summary>
public sealed record RunOptions
{
    /// <summary>How many instances are solved at the same time, at least 1; a single instance uses them inside. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether untimed solves come first, until the just-in-time compiler has settled. Default true; false where nobody looks at
    /// the times.</summary>
    public bool WarmUp { get; init; } = true;
}
