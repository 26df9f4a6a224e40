namespace Retrodict.Autodiff;

/// <summary>How a function is compiled.</summary>
public sealed record PlanOptions
{
    /// <summary>The options used when none are given.</summary>
    public static PlanOptions Default { get; } = new();

    /// <summary>
    /// Whether the program is simplified first (common subexpressions, constants, dead code, algebra that keeps NaN and order). Default
    /// true; false is for tests and for looking at a program as written.
    /// </summary>
    public bool Simplify { get; init; } = true;

    /// <summary>
    /// Whether neighboring elementwise nodes run as one step over tiles that stay in cache, behind the matrix product or convolution they
    /// follow where there is one. Default true; false, a step for each node, is for tests and for looking at a program. The bits are the
    /// same.
    /// </summary>
    public bool Fuse { get; init; } = true;

    /// <summary>
    /// The threads that large steps are split over; null, the default, is <see cref="ThreadTeam.Shared"/>. Results do not depend on it.
    /// </summary>
    public ThreadTeam? Team { get; init; }
}
