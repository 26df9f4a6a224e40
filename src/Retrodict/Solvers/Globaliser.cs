namespace Retrodict.Solvers;

/// <summary>What a search for the next point ended with.</summary>
internal enum SearchOutcome
{
    /// <summary>The point was moved.</summary>
    Accepted,

    /// <summary>No trial was good enough.</summary>
    Exhausted,

    /// <summary>No trial was even finite.</summary>
    NonFinite,
}

/// <summary>How far to go along a direction, so that the objective decreases.</summary>
internal abstract class Globaliser
{
    /// <summary>Tries points, all of them inside the box, and accepts one if it can.</summary>
    public abstract SearchOutcome Search(Iterate iterate, CancellationToken cancellation);
}
