namespace Retrodict.Solvers;

/// <summary>The parts of a method that the loop runs.</summary>
internal sealed record SolverParts(Direction Direction, Globalizer Globalizer)
{
    /// <summary>How a solve begins; at the caller's start unless said otherwise.</summary>
    public StartingPoint Start { get; init; } = new();

    /// <summary>What is to be said of a learned reverse map afterwards; null without one.</summary>
    public LearnedSteps? Learned { get; init; }
}
