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

    /// <summary>The point is where it was, but the direction has changed its mind: it is to be asked again.</summary>
    Again,

    /// <summary>A limit of the solve forbade another trial; <see cref="Iterate.Limit"/> names it.</summary>
    Stopped,
}

/// <summary>How far to go along a direction, so that the objective decreases.</summary>
internal abstract class Globalizer
{
    /// <summary>The criterion that names a search without success.</summary>
    public virtual StoppingCriterion Exhausted => StoppingCriterion.LineSearch;

    /// <summary>Forgets what earlier solves left behind.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>Tries points, all of them inside the box, and accepts one if it can.</summary>
    public abstract SearchOutcome Search(Iterate iterate);
}
