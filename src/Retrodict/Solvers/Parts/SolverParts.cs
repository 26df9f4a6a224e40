namespace Retrodict.Solvers;

/// <summary>The parts of a method that the loop runs, with the memory of one solve at a time.</summary>
public sealed class SolverParts
{
    /// <param name="direction">Where to go next.</param>
    /// <param name="globalizer">How far.</param>
    /// <exception cref="ArgumentException">The globalizer is a trust region that was made for another direction.</exception>
    public SolverParts(Direction direction, Globalizer globalizer)
    {
        ArgumentNullException.ThrowIfNull(direction);
        ArgumentNullException.ThrowIfNull(globalizer);
        if (globalizer.Partner is { } partner && !ReferenceEquals(partner, direction))
        {
            throw new ArgumentException(
                "The trust region sets the radius of another direction than the one that is given here.", nameof(globalizer));
        }

        (Direction, Globalizer) = (direction, globalizer);
    }

    /// <summary>Where to go next.</summary>
    public Direction Direction { get; }

    /// <summary>How far.</summary>
    public Globalizer Globalizer { get; }

    /// <summary>How a solve begins; at the caller's start unless said otherwise.</summary>
    internal StartingPoint Start { get; init; } = new();

    /// <summary>What is to be said of a learned reverse map afterwards; null without one.</summary>
    internal LearnedSteps? Learned { get; init; }
}
