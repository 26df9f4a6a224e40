namespace Retrodict.Autodiff;

/// <summary>How a function is compiled.</summary>
public sealed record PlanOptions
{
    /// <summary>The options used when none are given.</summary>
    public static PlanOptions Default { get; } = new();

    /// <summary>Whether the program is simplified first (common subexpressions, constants, dead code, algebra that keeps NaN and order). Default true;
    /// false is for tests and for looking at a program as written.</summary>
    public bool Simplify { get; init; } = true;

    /// <summary>The threads that large steps are split over; null, the default, is <see cref="ThreadTeam.Shared"/>. Results do not depend on it.</summary>
    public ThreadTeam? Team { get; init; }
}
